"""The window: the same members give the same answers, however they came together; editors' decisions bind."""

import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.link.stories import Stories
from dragoman.link.weights import Vector

WORDS = ["harbour", "ferry", "mayor", "school", "river", "bridge", "storm", "vote"]
SHARED = ["c:storm", "n:lomb", "f:12", "w:ferry"]


def new() -> Stories:
    numbers = itertools.count(1)
    return Stories(lambda: next(numbers))


def vector(chance: random.Random) -> Vector:
    own = {word: chance.randrange(500, 2500) for word in chance.sample(WORDS, 4)}
    return Vector(
        chance.choice(["en", "az"]), own, {one: chance.randrange(500, 2500) for one in chance.sample(SHARED, 2)}
    )


def one_of(story: int, language: str = "en") -> Vector:
    """An item of the story: it shares nothing with others'."""
    names = [f"{story}-{number}" for number in range(4)]
    return Vector(language, {f"{name}{language}": 2048 for name in names}, {f"n:{name}": 2048 for name in names})


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_a_window_made_again_has_the_same_stories_and_gives_the_same_answers(seed: int, count: int) -> None:
    chance = random.Random(seed)
    window, vectors = new(), dict[int, Vector]()
    for step in range(count):
        item = chance.randrange(30)
        if chance.random() < 0.2:
            window.drop(item)
            vectors.pop(item, None)
        else:
            vectors[item] = vector(chance)
            window.link(item, vectors[item], float(step))
        if window.due:
            window.sweep()
    again = new()
    kept = [
        (item, made, window.window.members[item].at, window.story_of(item) or 0, False)
        for item, made in vectors.items()
    ]
    chance.shuffle(kept)
    again.restore(iter(kept))
    assert again.window.stories == window.window.stories
    assert +again.window.telling == +window.window.telling
    for item in vectors:
        assert again.nearest(item) == window.nearest(item)
    for word in WORDS:
        assert again.frequencies.weight(word, "en") == window.frequencies.weight(word, "en")
        number = again.window.numbers("en").get(word)
        having = again.window.having[number] if number is not None else 0
        assert having == len(
            {window.story_of(item) for item, made in vectors.items() if made.language == "en" and word in made.own}
        )


def test_items_that_share_nothing_are_stories_of_their_own_and_those_that_share_all_are_one() -> None:
    window = new()
    first, other, again = (window.link(item, one_of(story), 0.0) for item, story in enumerate((1, 2, 1)))
    assert (first.opened, other.opened, again.opened) == (True, True, False)
    assert again.story == first.story != other.story
    assert again.likeness > 0.9
    assert {feature for feature, _ in again.reasons} == {f"1-{number}en" for number in range(4)}


def test_across_languages_what_all_share_makes_one_story_and_gives_the_reasons() -> None:
    window = new()
    one = window.link(0, one_of(1, "en"), 0.0)
    other = window.link(1, one_of(1, "az"), 0.0)
    assert other.story == one.story
    assert all(feature.startswith("n:1-") for feature, _ in other.reasons)


def test_two_stories_that_a_later_item_shows_to_be_one_are_merged_by_a_sweep() -> None:
    window = new()
    half, rest = Vector("en", {"a": 3000, "b": 1000}, {}), Vector("en", {"c": 3000, "b": 1000}, {})
    window.link(0, half, 0.0)
    window.link(1, rest, 0.0)
    assert window.story_of(0) != window.story_of(1)
    for item in (2, 3, 4, 5):
        window.link(item, Vector("en", {"a": 2000, "c": 2000, "b": 1000}, {}), 0.0)
    assert window.due
    changed = window.sweep()
    assert [one.likeness > 0 for one in changed] == [True]
    assert len({window.story_of(item) for item in range(6)}) == 1


def test_a_story_kept_apart_is_never_merged() -> None:
    window = new()
    window.put(0, one_of(1), 0.0, 7)
    window.put(1, one_of(1), 0.0, 8)
    window.decided([], [(8, 7)])
    for item in range(2, 12):
        window.link(item, one_of(1), 0.0)
        window.sweep()
    assert {window.story_of(0), window.story_of(1)} == {7, 8}


def test_a_story_of_two_events_is_split_once_it_has_grown_and_who_is_pinned_stays() -> None:
    window = new()
    for item in range(7):
        window.put(item, one_of(item % 2), 0.0, 50)
    window.pin(1)
    window.link(7, one_of(0), 0.0)
    window.move(7, 50)
    window.recent.grown.add(50)
    [changed] = window.sweep()
    assert (changed.story, set(changed.items)) == (50, {3, 5})
    assert window.members(50) == {0, 1, 2, 4, 6, 7}


def test_a_story_long_silent_needs_more_than_one_of_today() -> None:
    near = Vector("en", {"a": 2000, "x": 3500}, {})
    for days, joins in ((0, True), (30, False)):
        window = new()
        window.link(0, Vector("en", {"a": 2000, "y": 3500}, {}), 0.0)
        linked = window.link(1, near, days * 86_400.0)
        assert linked.opened is not joins or not joins
        assert (window.story_of(0) == window.story_of(1)) is joins
