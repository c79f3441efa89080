"""First names that are used for each other: short forms, and spellings that sound alike.

A roster says Christopher, colleagues write Chris; a roster says Stephen, colleagues write Steven. Each line
is a set of names, lower case without accents; with one of them on a roster all are looked for.
"""

_SETS = """
abigail abi abby abbie
agnieszka aga
alan allan allen al
aleksandra ola
alexander alexandra alexandria alex al sandy sandra alec lexi
alfred alfie alf
alison allison ali
amanda mandy
andrew andy drew
angela angie ange
ann anne anna annie annette
anthony antony tony
antonia toni
arthur art
babatunde tunde
barbara barb babs
barnaby barney
barry baz bazza
benjamin ben benny benji
bernard bernie
bethany beth elizabeth betty
bradley brad
brian bryan
caroline carolyn carol caz
catherine katherine kathryn katharine kathleen cath cathy kath kathy kate katie kat kay kit
charles charlie chas chuck
charlotte charlie lottie
christine christina kristina chris chrissie tina
christopher chris kris topher
chukwuemeka emeka
claire clare
clifford cliff
conor connor con
cynthia cindy
daniel dan danny
danielle dani
darren daz
david dave davey dai
deborah debra debbie debs deb
denise den
dennis denis den
dominic dom
donald don donny
donna don
dorothy dot dotty dolly
douglas doug dougie
edward eddie ed ted teddy ned
eleanor elinor ellie nell nora
elizabeth elisabeth liz lizzie beth betty bess libby lisa eliza
emily em emmy
emma em
emmanuel manny
eugene gene
evelyn eve evie
florence flo florrie
frances francis fran frankie frank francesca
frederick fred freddie
gabriel gabrielle gabby gabe
gareth gaz gary
gavin gav
geoffrey jeffrey geoff jeff
george georgie
georgina georgia georgie gina
gerald gerry
gerard gerry ged
gillian jillian gill jill
gladys glad
graham graeme
gregory greg gregg
gwendoline gwendolen gwen
hannah hanna
harold harry hal
harriet hattie
hayley hailey haley
heather hev
helen helena ellen nell
henry harry hal hank
hugh huw hughie
hussain hussein husain hossain
ian iain
isabel isabelle isobel isabella izzy bella
jacob jake
jacqueline jackie jacqui jac
james jim jimmy jamie jimbo
jane janie
janet jan janice
jasmine jas jaz
jean jeannie
jemima jem
jennifer jen jenny jenni
jeremy jez jem jerry
jessica jess jessie
joan joanie
joanne joanna joann jo joey asia
john jon johnny jack
jonathan johnathan jonathon jon jonny
joseph joe joey
josephine jo josie
joshua josh
judith judy jude
julia julie jules
julian jules
karen kaz
katarzyna kasia
kenneth ken kenny
kevin kev
kimberley kimberly kim
krzysztof krzysiek
lawrence laurence larry laurie
leonard len lenny
leslie lesley les
lewis louis lou lew
linda lynda lindy lin
louise lou lulu
lucille lucy lucinda
lynn lynne lyn
magdalena magda
malcolm malc mal
malgorzata gosia
margaret maggie marge madge meg peggy peg mags greta rita
marie maria mary mari
mark marc
martin martyn marty
mary molly polly may
matthew mathew matt mat
maureen mo
maurice mo
maxwell maximilian maxine max
megan meg
melanie melissa mel
michael mike mick mikey micky mitch
michelle michele shell chelle
mohammed muhammad mohamed mohammad muhammed mohamad mo md
nancy nan
natalie nat natasha tasha
nathan nathaniel nat nate
neil neal niall
nicholas nicolas nick nicky nik
nicola nicole nicky nikki nic
norman norm
oliver ollie olly
olivia liv livvy
oluwaseun seun
oluwaseyi seyi
pamela pam
patricia pat patty trish tricia patsy
patrick pat paddy
paula paulette
penelope penny pen
peter pete
philip phillip phil
philippa phillippa pippa pip
priscilla cilla
rachel rachael rach
raymond ray
rebecca rebekah becky becca bex
reginald reg reggie
richard rich richie rick ricky dick
robert rob robbie bob bobby bert
roberta bobbie
roderick rodney rod
roger rog
ronald ron ronnie
rosemary rosemarie rosie rose
russell russ
samuel samantha sam sammy
sandra sandy
sanjay sanj
sarah sara sally sal
sean shaun shawn
shirley shirl
sidney sydney sid syd
simon si
sophie sophia sofia soph
stanley stan
stephanie steph stevie
stephen steven stephan steve ste stevie
stewart stuart stu stew
sunil sunny
susan susanna susannah suzanne sue susie suzie suzy
temitope temi tope
terence terrence terry
teresa theresa tess terri
theodore theo ted
thomas tom tommy
timothy tim timmy
tobias toby
tomasz tomek
tracy tracey trace
trevor trev
valerie val
victor vic
victoria vicky vicki vikki tori
vincent vince vinny
virginia ginny
walter wally walt
wayne waz
wendy wend
wilfred wilf
william will bill billy willy liam
winifred winnie win
wojciech wojtek
yasmin yasmine yaz
yvonne yvette
zachary zac zach zack
zbigniew zbyszek
zoe zoey
"""
_ALIKE: dict[str, set[str]] = {}
for _line in _SETS.split("\n"):
    for _name in _line.split():
        _ALIKE.setdefault(_name, set()).update(_line.split())


def also_called(name: str) -> frozenset[str]:
    """The other first names under which people may know somebody of this name; `name` in lower case."""
    return frozenset(_ALIKE.get(name, ())) - {name}
