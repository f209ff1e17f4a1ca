"""smoke"""
import asyncio
from at_desk import sitting
from served import Served
def test_smoke(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            print((await desk.page("/diary"))[:200])
            await desk.page("/diary/print?inside=1"); await desk.page("/diary/new"); await desk.page("/diary/calendars"); await desk.page("/diary/anniversaries"); await desk.page("/alerts")
            page = await desk.send("/diary/new", title_en="Harbour forum", title_az="Liman forumu", kind="forum", day="2026-05-04", hour="10:00", until_day="2026-05-05", until_hour="18:00", zone="Asia/Baku", venue="Hall", city="Baku", repeats="weekly", languages="en az", slugline="forum", project="", required="1", accreditation_day="2026-05-01", accreditation_hour="12:00")
            assert "Harbour forum" in page
            await desk.page("/diary?day=2026-05-04"); await desk.page("/diary?view=list&day=2026-05-04"); await desk.page("/diary?view=day&day=2026-05-04")
    asyncio.run(story())
