import time
from tests.browser import council
from pulse.results import queries as results
from pulse.surveys import queries
def test_x(scene):
    s=scene.app.config["PULSE"]
    t=time.time()
    council.import_staff(); print("import",time.time()-t)
    p=council.make_survey(); print("survey",time.time()-t)
    for i in (1,2,3):
        w=council.run_wave(p,s,i); print(i,w.state,w.problem,time.time()-t)
        rel=results.get_release(w.id)
        for g in results.list_groups(rel.id): print(g.number,g.kind,g.name,g.n,g.headcount, g.depth)
        for st in results.list_statuses(rel.id): print(st.unit_id,st.status,st.reason)
    w=council.open_next_wave(p,s); print(w.state,time.time()-t)
