# The whole site in one image: web, worker or both, as the command says. Built where compilers may be, run without.

FROM python:3.13-slim-trixie AS build
# Only machines for which a package is not published ready-made need the compiler: tools/environment.sh knows which.
RUN apt-get update && apt-get install -y --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/musicapp
COPY requirements.txt requirements-s3.txt ./
COPY tools/environment.sh tools/
# Compiled here, because the site's account may not write it later; some packages carry files for other Pythons.
RUN sh tools/environment.sh requirements.txt && sh tools/environment.sh requirements-s3.txt \
    && .venv/bin/python -m pip uninstall -q -y uv pip \
    && { /usr/local/bin/python3 -m compileall -q .venv/lib || true; }

FROM python:3.13-slim-trixie
# pg_dump and pg_restore, for backups; of the version of the server in compose.yaml.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-17 && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 musicapp \
    && useradd --uid 10001 --gid musicapp --home-dir /var/lib/musicapp --shell /usr/sbin/nologin musicapp \
    && install -d -o musicapp -g musicapp -m 0750 /var/lib/musicapp /var/lib/musicapp/media /var/backups/musicapp \
    && chmod 0755 /var/lib/musicapp/media
WORKDIR /opt/musicapp
COPY --from=build /opt/musicapp/.venv .venv
COPY config.py wsgi.py LICENSE ./
COPY musicapp musicapp
COPY plugins plugins
COPY static static
COPY templates templates
RUN .venv/bin/python -m compileall -q config.py wsgi.py musicapp plugins
ENV PATH=/opt/musicapp/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MUSICAPP_INSTANCE=/var/lib/musicapp \
    MUSICAPP_HOST=0.0.0.0 \
    MUSICAPP_PORT=5000
USER musicapp
VOLUME ["/var/lib/musicapp", "/var/lib/musicapp/media", "/var/backups/musicapp"]
EXPOSE 5000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:5000/healthz', timeout=4)"]
CMD ["python", "-m", "musicapp.supervisor"]
