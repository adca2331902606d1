"""The player in a real Chromium on a real site: queue, devices, connection, lyrics, sleep, and several tabs."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import people, sound
from tests.browser.conftest import MUSIC
from tests.browser.pages import accessible, fits
from tests.browser.site import RunningSite

NewPage = Callable[..., Page]
SONGS = [MUSIC / name for name in ("pocket_arcade.mp3", "depot_lights.mp3", "town_hall_steps.mp3")]
ALBUM = "Night Rows"
TITLES = ["Pocket Arcade", "Depot Lights", "Town Hall Steps"]
LRC = "[00:00.00]Wind it up\n[00:04.00]let it go\n[00:20.00]round and round"
PREPARE = """async ([titles, lyrics]) => {
  const [{ id }] = await musicapp.request("/api/albums?scope=mine");
  const { songs } = await musicapp.request(`/api/albums/${id}`);
  const order = titles.map((title) => songs.find((song) => song.title === title).id);
  await musicapp.request(`/api/albums/${id}`, { method: "PATCH", body: { songs: order } });
  await musicapp.request(`/api/songs/${order[0]}`, { method: "PATCH", body: { lyrics } });
  return id;
}"""


@pytest.fixture(scope="module")
def album(published: RunningSite, browser: Browser) -> str:
    """The address of an album of three songs; the first has timed lyrics."""
    context = browser.new_context()
    artist = context.new_page()
    people.sign_up(artist, published.url, "Vera", artist=True)
    people.upload(artist, published.url, SONGS, album=ALBUM)
    people.publish_album(artist, published.url, ALBUM)
    album_id = artist.evaluate(PREPARE, [TITLES, LRC])
    context.close()
    return f"{published.url}/albums/{album_id}"


def play_album(page: Page, album: str) -> None:
    page.goto(album)
    page.get_by_role("button", name="Play", exact=True).first.click()
    sound.begins(page)


def playing(page: Page, property_name: str) -> Any:
    return page.evaluate(f"document.querySelector('#player [data-on]').{property_name}")


def player(page: Page) -> Locator:
    return page.locator("#player")


def queued(page: Page) -> list[str]:
    return page.locator("#queue .title").all_inner_texts()


def seek(page: Page, second: float) -> None:
    page.evaluate(f"Alpine.store('player').seek({second})")


def test_a_queue_is_put_in_order_by_keys_and_outlives_a_reload(album: str, new_page: NewPage) -> None:
    page = new_page()
    play_album(page, album)
    page.keyboard.press("q")
    expect(page.locator("#queue .title")).to_have_text(TITLES)
    first = page.get_by_role("button", name=f"Move {TITLES[0]}")
    first.press("ArrowDown")
    assert queued(page) == [TITLES[1], TITLES[0], TITLES[2]]
    expect(first).to_be_focused()
    expect(player(page).get_by_role("status")).to_have_text(f"“{TITLES[0]}” is now 2 of 3.")
    page.get_by_role("button", name=f"More about {TITLES[2]}").click()
    page.get_by_role("button", name="Up", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Up", exact=True)).to_be_focused()
    assert queued(page) == [TITLES[1], TITLES[2], TITLES[0]]
    drag(page, TITLES[0], TITLES[1])
    assert queued(page) == TITLES
    page.get_by_role("button", name=f"Move {TITLES[1]}").press("Delete")
    expect(page.get_by_role("button", name=f"Move {TITLES[2]}")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    assert queued(page) == TITLES
    accessible(page)
    sound.goes_on(page)
    seek(page, 12)
    page.get_by_role("button", name=f"Move {TITLES[1]}").press("End")
    page.wait_for_timeout(300)
    page.reload()
    expect(player(page).locator(".who strong")).to_have_text(TITLES[0])
    page.keyboard.press("q")
    assert queued(page) == [TITLES[0], TITLES[2], TITLES[1]]
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('#player [data-on]').currentTime > 11")
    page.get_by_role("button", name="Clear").first.click()
    expect(page.locator("#queue")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(player(page).locator(".who strong")).to_have_text(TITLES[0])


def drag(page: Page, title: str, above: str) -> None:
    grip, place = (page.get_by_role("button", name=f"Move {name}").bounding_box() for name in (title, above))
    assert grip and place
    page.mouse.move(grip["x"] + 20, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(place["x"] + 20, place["y"] + 10, steps=5)
    page.mouse.up()


def test_a_queue_of_thousands_opens_as_fast_as_a_short_one(album: str, new_page: NewPage) -> None:
    page = new_page()
    play_album(page, album)
    add = """(count) => {
      const player = Alpine.store("player");
      player.add(Array.from({ length: count }, (_, at) => ({ ...player.song, title: `Song ${at}` })));
    }"""
    page.evaluate(add, 100)
    page.keyboard.press("q")
    expect(page.locator("#queue li")).to_have_count(51)
    page.keyboard.press("q")
    short_ms = opening_ms(page)
    page.evaluate(add, 5_000)
    assert opening_ms(page) < 3 * short_ms
    page.keyboard.press("q")
    expect(page.locator("#queue li")).to_have_count(51)
    page.get_by_role("button", name="Show more of the 5052 songs").click()
    expect(page.locator("#queue li")).to_have_count(101)
    page.reload()
    assert page.evaluate("Alpine.store('player').queue.songs.length") == 5103


def opening_ms(page: Page) -> float:
    """How long the queue takes to be drawn, the best of three."""
    open_and_close = """async () => {
      const began = performance.now();
      Alpine.store("player").toggleQueue();
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      const took = performance.now() - began;
      Alpine.store("player").toggleQueue();
      return took;
    }"""
    best: float = min(page.evaluate(open_and_close) for _ in range(3))
    return best


def test_keys_steer_the_player_but_not_while_one_types(album: str, new_page: NewPage) -> None:
    page = new_page()
    play_album(page, album)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Next song")
    accessible(page)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("mnq k")
    assert (playing(page, "muted"), playing(page, "paused")) == (False, False)
    page.locator("#search, #q").first.evaluate("field => field.blur()")
    page.keyboard.press("5")
    page.wait_for_function("() => document.querySelector('#player [data-on]').currentTime > 20")
    page.keyboard.press("m")
    page.keyboard.press(">")
    assert (playing(page, "muted"), playing(page, "playbackRate"), playing(page, "preservesPitch")) == (
        True,
        1.25,
        True,
    )
    page.keyboard.press("n")
    expect(player(page).locator(".who strong")).to_have_text(TITLES[1])
    page.wait_for_function("() => document.querySelector('#player [data-on]').currentTime > 0.2")
    assert (playing(page, "muted"), playing(page, "playbackRate")) == (True, 1.25)
    page.reload()
    assert page.evaluate("Alpine.store('player').speed") == 1.25


def test_another_device_goes_on_where_one_stopped(published: RunningSite, album: str, new_page: NewPage) -> None:
    desk, phone = new_page(), new_page(width=390)
    people.sign_up(desk, published.url, "Rosa")
    play_album(desk, album)
    seek(desk, 21)
    with desk.expect_response(lambda answer: answer.url.endswith("/api/player") and answer.request.method == "PUT"):
        player(desk).get_by_role("button", name="Pause").click()
    people.log_in(phone, published.url, "Rosa")
    expect(phone.get_by_text(f"Go on with “{TITLES[0]}” at 0:2")).to_be_visible()
    accessible(phone)
    fits(phone)
    assert playing(phone, "paused")
    with phone.expect_response(lambda answer: answer.url.endswith("/api/player") and answer.request.method == "PUT"):
        phone.get_by_role("button", name="Go on").click()
    phone.wait_for_function("() => document.querySelector('#player [data-on]').currentTime > 21")
    with phone.expect_response(lambda answer: answer.url.endswith("/api/player") and answer.request.method == "PUT"):
        player(phone).get_by_role("button", name="Pause").click()
    desk.reload()
    expect(desk.get_by_text(f"Go on with “{TITLES[0]}” at 0:2")).to_be_visible()
    desk.get_by_role("button", name="Not now").click()
    desk.reload()
    expect(player(desk).locator(".who strong")).to_have_text(TITLES[0])
    expect(desk.get_by_text("Go on with")).to_be_hidden()


def test_a_radio_goes_on_for_as_long_as_one_listens(album: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(album)
    page.get_by_role("link", name="Start radio").click()
    sound.begins(page)
    assert page.url == album
    page.wait_for_function("() => Alpine.store('player').queue.songs.length > 3")
    page.reload()
    for _ in range(4):
        player(page).get_by_role("button", name="Next song").click()
    page.wait_for_function("() => Alpine.store('player').queue.songs.length - Alpine.store('player').queue.index > 3")
    sound.begins(page)


def test_all_hearts_of_a_song_are_one(published: RunningSite, album: str, new_page: NewPage) -> None:
    page = new_page()
    people.sign_up(page, published.url, "Nora")
    play_album(page, album)
    on_row = page.get_by_role("button", name=f"Favourite {TITLES[0]}")
    in_player = player(page).get_by_role("button", name="Favourite", exact=True)
    on_row.click()
    expect(in_player).to_have_attribute("aria-pressed", "true")
    accessible(page)
    page.reload()
    expect(in_player).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("h")
    expect(on_row).to_have_attribute("aria-pressed", "false")


def test_a_lost_connection_goes_on_at_the_same_second(album: str, new_page: NewPage) -> None:
    page = new_page()
    play_album(page, album)
    player(page).get_by_role("button", name="Next song").click()
    page.wait_for_function("() => document.querySelector('#player [data-on]').currentTime > 0.2")
    seek(page, 15)
    player(page).get_by_role("button", name="Pause").click()
    page.reload()
    page.context.set_offline(True)
    player(page).get_by_role("button", name="Play", exact=True).click()
    expect(player(page).locator(".who")).to_contain_text("Waiting for the connection")
    expect(player(page).locator(".who strong")).to_have_text(TITLES[1])
    page.context.set_offline(False)
    page.wait_for_function("() => document.querySelector('#player [data-on]').currentTime > 16")
    assert playing(page, "currentTime") < 20
    expect(player(page).locator(".who")).not_to_contain_text("Waiting")
    with page.expect_request("**/api/plays") as reported:
        player(page).get_by_role("button", name="Next song").click()
    [play] = [one for one in reported.value.post_data_json["plays"] if one["heard_ms"] > 500][-1:]
    assert play["heard_ms"] < 5_000


def test_one_song_follows_the_other_without_silence(album: str, new_page: NewPage) -> None:
    page = new_page()
    play_album(page, album)
    page.evaluate("""() => {
      window.moments = {};
      for (const audio of document.querySelectorAll("#player audio"))
        for (const name of ["ended", "playing"])
          audio.addEventListener(name, () => { window.moments[name] = performance.now(); });
    }""")
    seek(page, playing(page, "duration") - 4)
    expect(player(page).locator(".who strong")).to_have_text(TITLES[1], timeout=10_000)
    page.wait_for_function(
        "() => document.querySelector('#player [data-on]').currentTime > 1.5 && window.moments.ended"
    )
    silent_ms = page.evaluate("window.moments.playing - window.moments.ended")
    assert silent_ms < 150
    with page.expect_request("**/api/plays") as reported:
        player(page).get_by_role("button", name="Next song").click()
    assert [play["completed"] for play in reported.value.post_data_json["plays"]][-1:] == [False]


def test_timed_lyrics_follow_and_lead(album: str, new_page: NewPage) -> None:
    page = new_page()
    play_album(page, album)
    page.keyboard.press("f")
    sung = page.locator(".sung [aria-current]")
    expect(sung).to_have_text("Wind it up")
    accessible(page)
    expect(sung).to_have_text("let it go", timeout=8_000)
    page.get_by_role("button", name="round and round").click()
    expect(sung).to_have_text("round and round")
    assert 19 < playing(page, "currentTime") < 23
    page.keyboard.press("n")
    expect(page.get_by_role("region", name="Lyrics")).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 700})
    page.locator("#stage").get_by_role("button", name="Queue", exact=True).click()
    expect(page.locator("#stage .title")).to_have_text(TITLES)
    accessible(page)
    page.locator("#stage").get_by_role("link", name=TITLES[1]).click()
    expect(page.locator("#stage")).to_be_hidden()
    sound.begins(page)


def test_the_sleep_timer_fades_out_and_stops(album: str, new_page: NewPage) -> None:
    page = new_page()
    page.clock.install()
    play_album(page, album)
    player(page).get_by_role("button", name="Sleep timer").first.click()
    accessible(page)
    page.get_by_role("button", name="15 min").click()
    expect(page.get_by_text("The music stops in 15:00.")).to_be_visible()
    full = playing(page, "volume")
    page.clock.fast_forward("14:55")
    page.wait_for_function(f"() => document.querySelector('#player [data-on]').volume < {full / 2}")
    assert not playing(page, "paused")
    page.clock.fast_forward(6_000)
    page.wait_for_function("() => document.querySelector('#player [data-on]').paused")
    assert playing(page, "volume") == full
    expect(page.get_by_text("The music stops")).to_be_hidden()
    page.get_by_role("button", name="End of song").click()
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.wait_for_function("() => !document.querySelector('#player [data-on]').paused")
    seek(page, playing(page, "duration") - 1)
    expect(player(page).locator(".who strong")).to_have_text(TITLES[1], timeout=10_000)
    assert playing(page, "paused")


def test_songs_are_turned_down_to_one_loudness(album: str, new_page: NewPage) -> None:
    page = new_page()
    play_album(page, album)
    song = page.evaluate("({ ...Alpine.store('player').song })")
    player(page).get_by_role("button", name="Sleep timer").first.click()
    for label, gain_db in (("Every song alike", song["gain_db"]), ("Albums as a whole", song["album_gain_db"])):
        page.get_by_label(label).check()
        expected = min(1, 10 ** (((song["gain_db"] or 0 if gain_db is None else gain_db) - 4) / 20))
        assert playing(page, "volume") == pytest.approx(expected)
    page.get_by_label("As recorded").check()
    assert playing(page, "volume") == 1


def test_only_one_tab_plays(album: str, new_page: NewPage) -> None:
    first = new_page()
    play_album(first, album)
    second = first.context.new_page()
    play_album(second, album)
    first.wait_for_function("() => document.querySelector('#player [data-on]').paused")
    expect(player(first).get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert not playing(second, "paused")
