from typing import Any
import pytest
from served import Served
import aiohttp, asyncio, json
from at_desk import sitting

def test_x(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            c=desk.client; u=desk.url+"/api/v1"
            import re
            csrf=re.search(r'name="?csrf"? value="([^"]+)"', await desk.page("/wire")).group(1)
            async def post(path, body, raw=False):
                async with c.post(u+path, data=body if raw else json.dumps(body), headers={"content-type":"application/json","x-csrf-token":csrf}) as a:
                    t=await a.text(); print("POST",path,repr(body)[:80],a.status,t[:160])
            async def get(path):
                async with c.get(u+path) as a:
                    t=await a.text(); print("GET",path[:80],a.status,t[:160])
            ok={"id":"ida","forms":{"en":["Ida Brandt"]}}
            await post("/names",ok)
            for b in [{"id":"nul\0","forms":{"en":["x"]}},{"id":"n","forms":{"en":["x\0y"]}},{"id":"n","forms":{"e\0n":["xy"]}},{"id":"n","note":"a\0b","forms":{"en":["xz"]}},
                      {"id":"n2","note":"a\u2028b","forms":{"en":["xq"]}},{"id":"n\u0085x","forms":{"en":["xw"]}},{"id":"n3","forms":{"e\u2028n":["xw"]}},{"id":"a/b","forms":{"en":["slash"]}},{"id":"i"*100000,"forms":{"en":["long"]}},{"id":"n4","note":"n"*10**6,"forms":{"en":["longnote"]}},
                      {"id":"n5","forms":{"en":"str"}},{"id":"n5","forms":None},{"id":5,"forms":{}},{"id":"n5","kind":"ship","forms":{"en":["a"]}},{"id":"n5","forms":{"klingon language":["Worf"]}},{"id":"n6","forms":{"en":["\u202eevil\u200b"]}},{"id":"n7","forms":{"en":["<b>"]}},{"id":"n8","forms":{"en":["."]}}, {"id":"n9","forms":{f"l{i}":["x"] for i in range(5000)}}, [], {}, None]:
                await post("/names",b)
            await post("/names",'{"id":"s","forms":{"en":["\\ud800x"]}}',True)
            await post("/names",'['*100000,True)
            await post("/names",'{"id":"deep","forms":'+'{"a":'*5000+'1'+'}'*5000+'}',True)
            await post("/names",b'\xff\xfe{}',True)
            await post("/names/ida/merge",{"other":"x\0"})
            await post("/names/ida/split",{"forms":[],"new":""})
            await post("/names/ida/split",{"forms":["Ida Brandt"],"new":"x\0"})
            await post("/names/i%00da/merge",{"other":"n7"})
            for g in ["/names?form=%00","/names?form=a%00b&language=%00","/names/%00","/names?form=%ff","/names?form="+"a"*5000,"/names/a%2Fb","/names/a/b","/items/99999999999999999999999/reading","/items/-1/reading","/items/0/reading","/items/9223372036854775808/reading","/items?q=%00", "/items?q=a%00b"]:
                await get(g)
            async with c.get(desk.url+"/item/99999999999999999999999/reading") as a: print(a.status)
            async with c.get(desk.url+"/item/1/reading?sequence=99999999999999999999999") as a: print(a.status)
        from dragoman.store.connect import borrowed
        from dragoman.store import names as st
        from dragoman.names import forms
        with borrowed(node.site.newsroom) as conn:
            f=st.names(conn)
            print(len(f.entries))
            try: print(len(forms.read(forms.written(f)).entries))
            except Exception as e: print("ROUNDTRIP", repr(e)[:300])
    asyncio.run(story())
    assert 0
