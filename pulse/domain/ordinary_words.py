"""Names that are also ordinary English words, months, days or places: alone they say nothing of a person.

A roster's Grace, Mark or Young is taken out of a text only where something beside it shows that a person is
meant; otherwise half of all sentences would be full of holes. Lower case throughout.
"""

#: words that stand at the start of sentences, in headings and in the middle of any text; and what staff lists
#: hold in place of a name (Vacant Post, Agency Worker)
WORDS = frozenset(
    """
a able about ace admin after again agency ah ale all almond also am amber an and angel any apple apprentice
april art arts as ash assistant at autumn away back badger bale ball band bank banks baptist bar bare barn
bass bath bay be beach bean bear been beer before being bell berry best better between big bill bills birch
bird birds bishop bit black blessing block bloom blossom blue blunt board bolt bond bone bones book both bow
bowl box boy branch brand brands brass brave bravo bread breeze brick bridge bridges bright broad brook brown
brush bull burn bus bush but butcher buttery by camps can canal candy cane cannon cant car card care carry
case cases cash castle casual cat catering chance charity chase cherish cherry child chin christian christmas
church cleaner clear cliff close cloud coal coast coffee cold colon comfort common community company con
contractor cook cooks cope cord core corn cotton couch could council court cousin cousins cove cover crab
craft crane crisp cross crow crown crystal cup curry curtain da dad dam dance dark dash date dawn day days de
deal dean dear deep den department deputy desk destiny diamond diary did die dish district divine do doc dock
doctor does dole dollar domestic don done door dot dove down downs dr driver drum dusk duty each earl early
earth east easter easy eden edge edit eh el elder else employee ever every fair faith falcon fall falls fame
fan fancy farm fast fear fee ferry field fields fig fine first fish fit flash fleet flint flood floor flower
flowers folk font foot for ford forest fort forum foster fountain frank free freely fresh friday friend from
frost fun furnace gale gamble garden gardens gate gates gay gem gene get gift ginger give glad glass glasses
go goal gold golden good goods gore got grace grand grant grants grass grave graves great green gross grove
guest guru ha had hail hall ham hand hands hang happy harbour hard hardy hare harm harmony harsh has have
haven hay he head heart heath heaven hedge hedges heir held her here hi hide high hill hills him hire his hit
ho hobby hog hold hole holiday home honey honour hook hope hopes horn house houses how hr hung hunt hurry
hush i ice idle if in innocent into is it its ivory jet job joy judge july june junior junk just justice
karma key keys kick kid kidney kind kindness kings kit kitchen kite know la lad ladder lake land lane large
last laurel lavender law lawn laws le leader leaders leaf leak lean learn learner leave leaver legal lent
less let lever liberty lie light lights like lime line lines link lion list little live lock locks lodge loft
long lord lot lots love low lower loyal luck lucky ma mad made magic maiden main major make mall man manager
managers many maple march mare margin mark marks marry marvel mash mason master mat mate matter may me mead
meadow meadows mean meek mellow member members merit meta mews mice middle mild mile miles mill mills mine
mint miracle miss mix monday money moon moor moore moors moral more morning most mother motion mould mount
mountain mr much mum music my nail nation near neat neck need never new newcomer nice night no noise none
noon nor norm north not now null number nurse nut oak oaks odd of off office officer often oh ok old on once
one onions only opal open or order ot other others our out over own pa pace pack page pages pain paint
painter pal palm pan parent parish park parks parson part past pastor pat patience pay pc peace peach pear
peel peer pen people pepper per person petal petty pick pickle pier pike pill pine ping pink pitch place plan
plane plant plum point poll polo pond pool poor pop porch port post pot pots pound power powers praise
precious price prices pride promise proud prudence purity purple queen quick quiet race rails rain ram ramble
ran range rapid rash rate ray reablement read ready real reception red reef regal reign relief rest rich
riches ridge right rile ring rings rise river rivers road roads roar rock rocks rod rome room root roots rope
rose roses rough round row royal rude rue rule rural rush rust sad safari saffron sage said saint sale sales
salmon salt salvation same sand sands sang saturday savage save saw scales school scout sea seal second see
self sellers senior serene serenity service services set seven shade shall sharp she shed sheet shelf shell
shields shine ship shore short should show sick side sight sign silence silk silver sin since sing skies
skill skirt sky slack sleep slim small smart smiles snap snow so social sock soda soft sole some son song
sound sour south spade spare spark sparrow spear speed spice spring springs sprout spy st stack staff stamp
stand star stars start starter steel steep stiff still stock stone stones storey storm story strand strange
street stride strong student style such sugar summer summers sun sunday sunny sunshine supply support
surprise swain swallow swan sweet swift swords table tailor take tall tan tank task tbc teal team teams temp
temple temples test text than that the their them then there these they thing things think third this those
through thursday tide tidy ties tiger till time title to today together toll tone too top tours towers town
toy trace trainee tray treasure tree trees trim trinity trip trout true trust truth try tuck tuesday turn tv
twist two under unit unity unknown until up urban us user usher vacancy vacant vale valley van vanity venus
very vest victory villa vine virtue visit volunteer wage wait wall walls want ward wards warm warmer warrior
was watch water waters way ways we wealth wednesday week weeks well wells were west what wheat wheel when
where which while whip white who whole why wild will willing willow win wind winder window wing winter
winters wire wisdom wise wish wit with without woman wonder wood woods word words work worker workers works
world worth would yard year yen yes yew you young your zeal zest
""".split()  # noqa: SIM905 - a list literal would be a line a word
)

#: places that give their names to people
PLACES = frozenset(
    """
adelaide africa alton america ashford asia aston august barnet barnsley batley bedford birmingham bolton
boston bradford brighton bristol britain burnley burton bury buxton cambridge camden carlisle carolina
chester chesterfield clifton cornwall coventry crawley croydon cumberland derby devon dorset dover dudley
durham ealing england english essex europe exeter florida france french georgia german germany gloucester
grimsby halifax hampshire harlow hastings hereford holland hollywood houston huddersfield hull hyde india
ireland irish israel italia jersey jerusalem kendal kent kenya kingston lancaster leeds leicester lewes
lincoln london luton madrid malta manchester middleton milan milton monaco morley nantwich newport newton
norfolk normandy northampton norton norwich nottingham oldham orlando oxford paris peterborough phoenix
plymouth poland preston reading richmond rochdale rochester rotherham rutland salford scotland scottish selby
sheffield shipley skye slough somerset southport spain stafford stockport stockton suffolk sunderland surrey
sussex sutton sweden sydney telford texas thames torquay trent trinidad tyne venice victoria virginia
wakefield wales walsall warrington warwick washington wellington welsh wembley westminster weston whitby
wigan wiltshire winchester windsor woking worcester york
""".split()  # noqa: SIM905
)

#: with a capital they are names, without one they are words
LOWER_WORDS = frozenset(
    """
abbot archer bail bailey baker barber baron barrow basil beck belle booth bore bowler briar brie brooks buck
bud burns butler buzz carol carpenter carter cartwright chambers chandler chapel chaplain chapman chuck clay
clerk clover coke coleman combs cooper coral cox creed cummings curt daisy dale dana deacon dell dick dong
drew duke dwell dyer ember eve farmer fern finch fisher fletcher fowler fox franchise francs franklin freed
freeman fry fuller gardener gardner garner gill glade glazier glen glover goddess goodwill granger gray grey
gulley guy gypsy hack hale harp harper hart hatch haze hazel heather herb hermit hicks hiker holder holly
holt hood hooper hunter inn iris ivy jack jade jag jasmine jay jewel jewels joiner jolly kay kiln king knight
laird lamb lance larch lark lea leather lee levy lilac lily loveday lynch lyric mac mace mags mandarin
manning marine mariner mariners marsh marshal marshall martins maverick max mayor medley melody melon mercer
merchant mercy merry miller minister misty mogul monk moody mortimer moss nan nanny nash newman nick nickel
noble norman olive olives ox paige palmer pansy parker parsley parsons payne peacock pearl peg penny perry
peters pewter pierce piers pip piper pitcher planter poole pope poppy porter potter prentice prince princess
prior proctor psalm rabbi racer raine ranger raven reader reed reeve reg regan regent rice rider rigger
ritual rob robin robins roman rook rosemary rosy rowan ruby rusty sable sailor sandy sawyer secretary sexton
shepherd sheriff singer skip skipper slater slaughter smith soldier sony sparks spicer squire stark sterling
stew steward stoker stoner storer sue tanner tate taylor tempest tempo thatcher thorn thorny tiller timber
tinker tory tracker trader trapper treasurer trinket tucker tulip turner tyler tyre valentine vicar violet
viper wade wagoner walker waller wan warden warner washer watt weaver webber wheeler whistler winner wolf
woody wren wright yeoman yule
""".split()  # noqa: SIM905
)
