"""Words of offices and trades that staff do not all read alike, with plain words for each.

An organisation may take words out and put its own in (`Context.jargon`). Ordinary endings of each
word (-s, -ed, -ing, -ly) are found too.
"""

from collections.abc import Mapping
from types import MappingProxyType

_WORDS = """
action plan=plan|actionable=that we can act on|agile=quick to change|alignment=agreement|align=agree
asset-based=building on strengths|at pace=quickly|bandwidth=time|baseline=starting point|benchmark=compare
best practice=what works well|best-in-class=very good|blue-sky=new|capacity building=training
cascade=pass on|change agent=people who lead change|circle back=come back|co-design=plan together
co-produce=make together|co-production=making things together|core competency=main skill|deep dive=close look
deliverable=result|demand management=keeping demand down|digital by default=online first|disseminate=share
downstream=later|dashboard reporting=reports|drill down=look closely|ecosystem=network|empower=give power to
empowerment=power|enabler=what helps|engagement score=result|escalate=pass up|facilitate=help
fit for purpose=good enough|frontload=do early|future-proof=ready for change|game changer=big change
gap analysis=list of what is missing|go live=start|going forward=from now on|moving forward=from now on
governance=rules on who decides|granular=detailed|heads-up=warning|high-level=broad|holistic=whole-person
hit the ground running=start well|horizon scan=look ahead|human capital=people|impactful=useful
in the loop=told|incentivise=encourage|interface with=work with|ideate=think of ideas|joined-up=together
key driver=main reason|key performance indicator=measure|knowledge transfer=sharing what we know
learnings=what we learnt|learning organisation=place that learns|leverage=use|lean methodology=less waste
line of sight=clear view|low-hanging fruit=easy gains|matrix management=having two managers|metric=measure
mission critical=vital|mission statement=aims|move the needle=make a difference|multi-agency=across services
multidisciplinary=of many trades|neighbourhood model=local way of working|onboarding=first weeks
operational excellence=good work|operationalise=put to use|optimise=improve|outcome-focused=aimed at results
outside the box=in new ways|paradigm=way of thinking|paradigm shift=big change
patient-centred=built around patients
people-centric=built around people|person-centred=built around the person|place-based=local|proactive=early
psychological safety=feeling safe to speak up|pushback=resistance|quick win=early gain|re-engineer=redesign
reach out=ask|results-driven=aimed at results|rightsizing=cutting jobs|roadmap=plan|robust=strong
rollout=start
roll out=start|scalable=able to grow|service user=people who use our services|service delivery=our work
signpost=point|silo=team that keeps to itself|skillset=skills|skill mix=mix of skills|social capital=links
stakeholder=people with an interest|step change=big change|strategic=long-term|strategic direction=plan
strategic objective=long-term aim|strategic priority=long-term aim|streamline=make simpler
subsidiarity=deciding locally
subject matter expert=people who know the subject|succession planning=planning who comes next
sustainability=lasting|synergy=working well together|synergies=working well together
system leadership=leading together
system working=working together|take offline=talk about later|talent pipeline=future staff|taskforce=group
theory of change=idea of how change happens|thought leader=expert|tone from the top=what leaders show
touch base=talk|touchpoint=contact|transformation=change|transformational=bringing change
triangulate=compare|unlock value=gain|upskill=train|upstream=earlier|utilise=use|value-add=use|added value=use
value proposition=offer|values-led=guided by what matters|vision statement=aims|whole-system=of all services
wellbeing offer=help with health|win-win=good for both|workstream=piece of work|world-class=very good
workforce=staff|co-creation=making things together|competency=skill|competencies=skills|collaborative=joint
commissioning=buying services|deliver outcomes=get results|delivery plan=plan|integrated care=joined care
key stakeholder=people with an interest|organisational development=helping us work better
performance management=how we check on work|at scale=widely|golden thread=link|north star=aim|bake in=build in
baked in=part of|air cover=backing|flex my=change my|outcome-based=aimed at results
outcomes-based=aimed at results
psychologically safe=safe to speak up|1-2-1=talk|121s=talks|can action=can do|will action=will do
to action=to do
cross-functional=across teams|inclusivity=including everybody|agility=being quick to change|matrixed=shared
action (?:point|item)s=steps|blue-sky thinking=new ideas|business as usual=everyday work
burning platform=urgent need
business case=reasons for it|business need=need|business critical=vital
challenge function=asking hard questions
change management=leading change|change readiness=being ready|channel shift=moving online
co-located=in one place
comms=messages|continuous improvement=getting better|corporate priority=aim|cost envelope=budget
critical mass=enough
customer-centric=built around customers|customer journey=what customers go through|cutting-edge=new
data-driven=based on facts
direction of travel=where we are going|double down=do more|early doors=early|efficiencies=savings
embed=make a habit
end-to-end=whole|end user=person who uses it|engagement strategy=plan|evidence-based=proven|flagship=main
footfall=visitors|framework=plan|front-facing=with the public|frontline-led=led by staff
holding environment=safe place
ideation=having ideas|inclusive culture=welcoming place|influencer=person others follow|innovation=new ideas
innovative=new|interdependency=link|interoperable=able to work together|key learning=lesson
lived experience=own life
leading-edge=new|lever=way|mainstream=make normal|mindset=way of thinking|mission-driven=guided by aims
mobilise=start|narrative=story|offline=later|operating model=way of working|operational plan=plan
ownership=charge
pain point=problem|parity of esteem=equal standing|partnership working=working together|pipeline=queue
pivot=change|population health=health of all|portfolio=range of work|programme board=group in charge
purpose-driven=guided by aims|push the envelope=try more|radical candour=plain speaking
reablement=help to recover
rebase=reset|reconfiguration=change|refresh=renewal|resilience=strength|resource allocation=sharing out money
resource envelope=budget|root cause=real reason|run-rate=pace|scope creep=growth of the task
service improvement=better services
service redesign=change|sense check=check|siloed=cut off|single point of failure=weak spot
socialise the=share the
solutionise=solve|solution-focused=looking for answers|span of control=number of people led
stretch target=hard aim
strategy refresh=new plan|sweat the assets=use what we have|talent management=helping staff grow
task and finish group=short-lived group
tailwind=help|taxonomy=list|team dynamics=how we get on|thought leadership=new thinking|timebound=with a date
total reward=pay and benefits|transparency=openness|unpack=explain|user journey=what people go through
value stream=work
verticals=areas|vertical integration=joining up|visibility=being seen|wraparound=full
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
    (
        *(
            "A&E",
            "AI",
            "AM",
            "BBC",
            "CV",
            "DIY",
            "EU",
            "FAQ",
            "GP",
            "HR",
            "ID",
            "IT",
            "MP",
            "NHS",
            "OK",
            "PC",
        ),
        *("PDF", "PE", "PIN", "PM", "Q&A", "TV", "UK", "UN", "US", "USA", "USB", "VAT"),
    )
)
