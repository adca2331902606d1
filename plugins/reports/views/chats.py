"""The chats that the site posts to: adding one, what it is told, trying it, off and on, deleting with a way back."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from musicapp.clock import now
from musicapp.errors import Refused
from musicapp.jobs.tries import LATE
from musicapp.security import signed_in
from plugins.reports import plugin
from plugins.reports.forms.chats import ChangeChatForm, ChatForm
from plugins.reports.services import chats

DELETED, SECRET = "chat_deleted", "chat_secret"


@plugin.get("/chats", permission="site.admin", endpoint="chats")
def list_chats() -> str:
    """All chats, and those that can be brought back."""
    return render_template(
        "reports/chats.html",
        chats=chats.chats(),
        topics={topic.name: topic.title for topic in chats.topics_for(signed_in())},
        deleted=session.pop(DELETED, None),
        restorable=chats.deleted_chats(),
    )


@plugin.get("/chats/new", permission="site.admin")
def new_chat() -> str:
    """The form of a new chat."""
    return form_page(ChatForm(signed_in(), formdata=None, data={"topics": ["digest"]}))


@plugin.post("/chats/new", permission="site.admin")
def add_chat() -> ResponseReturnValue:
    """Add a chat; the secret of one that has one is shown on the next page and never again."""
    form, added = ChatForm(signed_in()), []

    def add() -> None:
        said = (form.service.data, form.name.data, form.address.data.strip(), form.topics.data)
        added.append(chats.add_chat(signed_in(), *said))

    if not saved(form, add):
        return form_page(form), 422
    session[SECRET] = added[0].secret
    return redirect(url_for(".chat", chat_id=added[0].id), 303)


@plugin.get("/chats/<int:chat_id>", permission="site.admin", endpoint="chat")
def show_chat(chat_id: int) -> str:
    """How a chat fares, and what was posted there."""
    page = chats.posts_of(chat_id, cursor=request.args.get("cursor"))
    return render_template(
        "reports/chat.html",
        chat=chats.chat_row(chat_id),
        topics={topic.name: topic.title for topic in chats.topics_for(signed_in())},
        posts=page.rows,
        late=now() - LATE,
        is_first=not request.args.get("cursor"),
        next_url=url_for(".chat", chat_id=chat_id, cursor=page.next) if page.next else "",
        secret=session.pop(SECRET, ""),
    )


@plugin.get("/chats/<int:chat_id>/edit", permission="site.admin")
def edit_chat(chat_id: int) -> str:
    """The form of a chat that is there."""
    chat = chats.chat_row(chat_id)
    told = {"name": chat.name, "topics": sorted(chat.topics)}
    return form_page(ChangeChatForm(signed_in(), formdata=None, data=told), chat)


@plugin.post("/chats/<int:chat_id>/edit", permission="site.admin")
def change_chat(chat_id: int) -> ResponseReturnValue:
    """Keep what was said of a chat."""
    form = ChangeChatForm(signed_in())

    def change() -> None:
        address = (form.address.data or "").strip() or None
        chats.change_chat(signed_in(), chat_id, form.name.data, address, form.topics.data)

    if not saved(form, change):
        return form_page(form, chats.chat_row(chat_id)), 422
    flash(f"“{form.name.data}” is saved.", "success")
    return redirect(url_for(".chat", chat_id=chat_id), 303)


def form_page(form: ChatForm, chat: chats.ChatRow | None = None) -> str:
    words = {service.name: service.words for service in chats.SERVICES.values()}
    topics = {topic.name: topic.words for topic in chats.topics_for(signed_in())}
    return render_template("reports/chat_form.html", form=form, chat=chat, services=words, topics=topics)


def saved(form: ChatForm, save: Callable[[], None]) -> bool:
    """Whether a form fits and was saved; what the services refuse stands beside its fields."""
    if not form.validate():
        return False
    try:
        save()
    except Refused as refused:
        if refused.status == 404:
            raise
        form.refuse(refused)
        return False
    return True


@plugin.post("/chats/<int:chat_id>/test", permission="site.admin")
def test_chat(chat_id: int) -> ResponseReturnValue:
    """Post a test; the log shows what the chat answers."""
    chats.post_test(chat_id)
    flash("A test is on its way. What the chat answers stands below.", "success")
    return redirect(url_for(".chat", chat_id=chat_id), 303)


@plugin.post("/chats/<int:chat_id>/posts/<long:post_id>/resend", permission="site.admin")
def resend_post(chat_id: int, post_id: int) -> ResponseReturnValue:
    """Send a post again that did not arrive."""
    chats.resend(chat_id, post_id)
    flash("The post is on its way again.", "success")
    return redirect(url_for(".chat", chat_id=chat_id), 303)


@plugin.post("/chats/<int:chat_id>/off", permission="site.admin")
def switch_chat_off(chat_id: int) -> ResponseReturnValue:
    """Post nothing there for now."""
    flash(f"Nothing is posted to “{chats.switch_off(chat_id)}” until you switch it on again.", "success")
    return redirect(url_for(".chat", chat_id=chat_id), 303)


@plugin.post("/chats/<int:chat_id>/on", permission="site.admin")
def switch_chat_on(chat_id: int) -> ResponseReturnValue:
    """Post there again."""
    flash(f"“{chats.switch_on(chat_id)}” is told what happens from now on.", "success")
    return redirect(url_for(".chat", chat_id=chat_id), 303)


@plugin.post("/chats/<int:chat_id>/delete", permission="site.admin")
def delete_chat(chat_id: int) -> ResponseReturnValue:
    """Delete a chat; the next page offers to bring it back."""
    session[DELETED] = {"id": chat_id, "name": chats.delete_chat(chat_id)}
    return redirect(url_for(".chats"), 303)


@plugin.post("/chats/<int:chat_id>/restore", permission="site.admin")
def restore_chat(chat_id: int) -> ResponseReturnValue:
    """Bring a deleted chat back."""
    flash(f"“{chats.restore_chat(chat_id)}” is back.", "success")
    return redirect(url_for(".chat", chat_id=chat_id), 303)
