"""Pictures on a wall: moved by number to where they are wanted, printed as large as their pixels allow."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.planning.hanging import behind, largest, moved, print_size

_walls = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=12).map(
    lambda found: [(f"p{at}", position) for at, position in enumerate(sorted(found))]
)


def after(places: list[tuple[str, float]], id: str, to: int) -> list[str]:
    now = {**dict(places), **moved(places, id, to)}
    order = {name: at for at, (name, _) in enumerate(places)}
    return sorted(now, key=lambda name: (now[name], order[name] if name != id else -1))


@given(_walls, st.data())
def test_a_picture_comes_to_the_place_it_was_told_and_the_others_keep_their_order(
    places: list[tuple[str, float]], luck: st.DataObject
) -> None:
    id = luck.draw(st.sampled_from([name for name, _ in places]))
    to = luck.draw(st.integers(-3, len(places) + 3))
    positions = {**dict(places), **moved(places, id, to)}
    others = [name for name, _ in places if name != id]
    wanted = [*others]
    wanted.insert(min(max(to, 1), len(places)) - 1, id)
    if wanted == [name for name, _ in places]:
        assert moved(places, id, to) == {}
    else:
        here = [positions[name] for name in wanted]
        at = wanted.index(id)
        assert all(one < positions[id] for one in here[:at][-1:]) or at == 0
        assert all(one > positions[id] for one in here[at + 1 :][:1])
        assert here == sorted(here)


def test_the_usual_move_is_one_act() -> None:
    places = [("a", 1.0), ("b", 2.0), ("c", 3.0)]
    assert moved(places, "c", 2) == {"c": 1.5}
    assert set(moved(places, "a", 3)) == {"a"}
    assert moved(places, "b", 2) == {}


def test_where_no_room_is_left_between_two_the_wall_is_numbered_anew() -> None:
    tight = [("a", 1.0), ("b", 1.0 + 1e-9), ("c", 5.0)]
    found = {**dict(tight), **moved(tight, "c", 2)}
    assert found["a"] < found["c"] < found["b"]


def test_a_picture_from_another_room_is_put_among_those_that_hang_here() -> None:
    assert moved([("a", 1.0), ("b", 2.0)], "new", 2) == {"new": 1.5}
    assert moved([], "new", 1) == {"new": 0.0}
    assert behind([]) < behind([5.0])


def test_pixels_and_millimetres_give_the_sharpness() -> None:
    size = print_size(4800, 3200, 600, 400)
    assert size is not None
    assert (size.width_mm, size.height_mm, size.dpi, size.is_soft) == (600, 400, 203, False)
    large = print_size(4800, 3200, 1000, 0)
    assert large is not None
    assert (large.height_mm, large.dpi, large.is_soft) == (667, 121, True)


def test_a_picture_of_another_shape_is_printed_whole_inside_the_size_wanted() -> None:
    size = print_size(3000, 3000, 600, 400)
    assert size is not None
    assert (size.width_mm, size.height_mm) == (400, 400)


def test_the_largest_print_is_never_larger_than_the_pixels_allow() -> None:
    assert largest(4800, 3200, 200) == (609, 406)
    assert largest(4800, 3200, 300) == (406, 270)
    found = print_size(4800, 3200, *largest(4800, 3200, 200))
    assert found is not None
    assert found.dpi >= 200


def test_what_is_not_known_has_no_size() -> None:
    assert print_size(0, 0, 600, 400) is None
    assert print_size(4800, 3200, 0, 0) is None
    assert largest(0, 0, 200) == (0, 0)
