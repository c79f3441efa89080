"""Words of offices and trades that staff do not all read alike, with plain words for each.

An organisation may take words out and put its own in (`Context.jargon`). Ordinary endings (-s, -ed, -ing, -ly)
of each word are found too.
"""

from collections.abc import Mapping
from types import MappingProxyType

_WORDS = """
action plan=plan|actionable=that we can act on|agile=quick to change|alignment=agreement|align=agree
asset-based=building on strengths|at pace=quickly|bandwidth=time|baseline=starting point|benchmark=compare
best practice=what works well|best-in-class=very good|blue-sky=new|buy-in=support|capacity building=training
cascade=pass on|change agent=people who lead change|circle back=come back|co-design=plan together
co-produce=make together|co-production=making things together|core competency=main skill|deep dive=close look
deliverable=result|demand management=keeping demand down|digital by default=online first|disseminate=share
downstream=later|dashboard reporting=reports|drill down=look closely|ecosystem=network|empower=give power to
empowerment=power|enabler=what helps|engagement score=result|escalate=pass up|facilitate=help
fit for purpose=good enough|frontload=do early|future-proof=ready for change|game changer=big change
gap analysis=list of what is missing|go live=start|going forward=from now on|moving forward=from now on
governance=rules on who decides|granular=detailed|heads-up=warning|high-level=broad|holistic=whole-person
hit the ground running=start well|horizon scanning=looking ahead|human capital=people|impactful=useful
in the loop=told|incentivise=encourage|interface with=work with|ideate=think of ideas|joined-up=together
key driver=main reason|key performance indicator=measure|knowledge transfer=sharing what we know
learnings=what we learnt|learning organisation=place that learns|leverage=use|lean methodology=less waste
line of sight=clear view|low-hanging fruit=easy gains|matrix management=having two managers|metric=measure
mission critical=vital|mission statement=aims|move the needle=make a difference|multi-agency=across services
multidisciplinary=of many trades|neighbourhood model=local way of working|onboarding=first weeks
operational excellence=good work|operationalise=put to use|optimise=improve|outcome-focused=aimed at results
outside the box=in new ways|paradigm=way of thinking|paradigm shift=big change|patient-centred=built around patients
people-centric=built around people|person-centred=built around the person|place-based=local|proactive=early
psychological safety=feeling safe to speak up|pushback=resistance|quick win=early gain|re-engineer=redesign
reach out=ask|results-driven=aimed at results|rightsizing=cutting jobs|roadmap=plan|robust=strong|rollout=start
roll out=start|scalable=able to grow|service user=people who use our services|service delivery=our work
signpost=point|silo=team that keeps to itself|skillset=skills|skill mix=mix of skills|social capital=links
stakeholder=people with an interest|step change=big change|strategic=long-term|strategic direction=plan
strategic objective=long-term aim|strategic priority=long-term aim|streamline=make simpler|subsidiarity=deciding locally
subject matter expert=people who know the subject|succession planning=planning who comes next
sustainability=lasting|synergy=working well together|synergies=working well together|system leadership=leading together
system working=working together|take offline=talk about later|talent pipeline=future staff|taskforce=group
theory of change=idea of how change happens|thought leader=expert|tone from the top=what leaders show
touch base=talk|touchpoint=contact|transformation=change|transformational=bringing change|triage=sort
triangulate=compare|unlock value=gain|upskill=train|upstream=earlier|utilise=use|value-add=use|added value=use
value proposition=offer|values-led=guided by what matters|vision statement=aims|whole-system=of all services
wellbeing offer=help with health|win-win=good for both|workstream=piece of work|world-class=very good
workforce=staff|co-creation=making things together|competency=skill|competencies=skills|collaborative=joint
commissioning=buying services|deliver outcomes=get results|delivery plan=plan|integrated care=joined care
key stakeholder=people with an interest|organisational development=helping us work better|performance management=
strengths-based=building on strengths|trauma-informed=aware of past harm|prevention agenda=acting early
"""
#: word or phrase -> plain words
JARGON: Mapping[str, str] = MappingProxyType(
    {
        word: plain
        for word, _, plain in (
            entry.partition("=") for entry in _WORDS.strip().replace("\n", "|").split("|") if entry
        )
    }
)
#: letters that people read without thinking of what they stand for
KNOWN_CAPITALS = frozenset(
    "AM BBC CV DIY EU FAQ GP HR ID IT MP NHS OK PC PDF PIN PM Q&A A&E TV UK UN US USA USB VAT AI I A".split()  # noqa: SIM905
)
