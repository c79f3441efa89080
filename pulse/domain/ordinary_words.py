"""Names that are also ordinary English words, months, days or places: alone they say nothing of a person.

A roster's Grace, Mark or Young is taken out of a text only where something beside it shows that a person is
meant; otherwise half of all sentences would be full of holes. Lower case throughout.
"""

#: words that stand at the start of sentences, in headings and in the middle of any text; and what staff lists
#: hold in place of a name (Vacant Post, Agency Worker)
WORDS = frozenset(
    """
a able about ace admin after again agency ah all almond also am amber an and angel any apple apprentice
april art as ash assistant at autumn away back badger ball band bank banks bar bare barn bass bath bay be
beach bear been before being bell berry best better between big bill bills birch bird birds bishop bit black
blessing block bloom blossom blue blunt board bolt bond bone book both bow bowl box boy brand brass brave
bread breeze bridge bridges bright broad brook brown brush bull burn bus bush but butcher buttery by can
candy cane car card care case cash castle casual cat catering chance chase cherish cherry child christian
christmas cleaner cliff close cloud coal coast coffee cold common community con contractor cook cooks cope
core corn cotton couch could council court cove cover crab craft crane crisp cross crow crown cup curry da
dad dance dark dash dawn day days de deal dean dear deep den department deputy desk diamond diary did dish
district do doc dock does dole dollar domestic don done door dot dove down dr driver drum dusk duty each
earl earth east easter easy eden edge eh el employee ever every fair faith fall falls fame farm fast fear
fee field fields fig fine first fish fit flash fleet flint flood flower flowers folk foot for ford forest
fort foster fountain frank free friday friend from frost fun furnace gale garden gardens gate gates gay gem
gene get gift ginger give glad glass go goal gold good goods gore got grace grand grant grants grass grave
graves great green grove guest ha had hail hall ham hand hands happy harbour hard hardy harmony has have
haven hay he head heart heath heaven hedge hedges heir held her here hi hide high hill hills him his hit ho
hobby hog hold hole holiday home honey honour hook hope hopes horn house how hr hunt hush i ice if in
innocent into is it its ivory jet job joy judge july june just justice karma key keys kind kindness kings
kit kitchen kite know la lad lake land lane large last laurel lavender law lawn laws le leader leaders leaf
leak lean learn leave leaver lent less let liberty lie light lights like lime lines link lion list little
live lock locks lodge long lot lots love low loyal luck lucky ma mad made magic maiden main major make man
manager managers many maple march margin mark marks marvel mash mason master mat matter may me mead meadow
meadows mean meek mellow member members merit mews mice middle mild mile miles mill mills mine mint miracle
miss mix monday money moon moor moore moors more morning most mother mould mount mountain mr much mum my
nation near neat need never new newcomer nice night no none noon nor norm north not now null number nurse
nut oak oaks of off office officer often oh ok old on once one onions only opal open or order ot other
others our out over own pa pace pack page pages paint painter pal palm parish park parks parson part past
pat patience pc peace peach pear peel pen people pepper person petal pick pickle pike pill pine pink place
plant plum point poll pond pool poor porch port post pot pots pound power powers praise precious price
prices promise proud prudence purple queen quick quiet rain ram ramble ran range ray reablement read ready
real reception red reef regal reign relief rest rich riches ridge right rile ring rings rise river rivers
road roads rock rocks rod rome room root roots rope rose roses round row royal rue rule rush rust sad
saffron sage said saint sale salt salvation same sand sands saturday savage save saw school scout sea seal
second see self senior serene serenity service services set shade shall sharp she shell shore short should
show silk silver since sing skies skill sky small smart smiles snow so social soda some son song south spark
sparrow speed spring springs sprout spy st stack staff stand star stars start starter still stock stone
stones storey storm story strange street strong student such summer summers sun sunday sunny sunshine supply
support surprise swain swallow swan sweet swift table take tall tan task tbc teal team teams temp temple
temples test text than that the their them then there these they thing things think third this those through
thursday tide tiger time to today together top towers town trace trainee treasure tree trees trinity trip
true trust truth try tuesday turn tv two under unit unity unknown until up us user vacancy vacant vale
valley van venus very victory vine virtue volunteer wait wall walls want ward wards warm was watch water
waters way ways we wealth wednesday week well wells were west what wheat when where which while white who
why wild will willing willow win wind window wing winter winters wisdom wise wish with without woman wonder
wood woods word words work worker workers works world worth would yard year yes yew you young your zeal zest
""".split()  # noqa: SIM905 - a list literal would be a line a word
)

#: places that give their names to people
PLACES = frozenset(
    """
alton america ashford asia aston august barnet bedford bolton boston bradford brighton bristol britain
burnley bury buxton camden carlisle chester chesterfield cornwall coventry crawley croydon cumberland derby
devon dorset dover dudley durham ealing england essex europe exeter florida france germany gloucester
grimsby halifax harlow hastings hereford holland india ireland israel italia jersey kendal kent kenya
kingston lancaster leeds leicester lewes lincoln london luton malta manchester middleton milton nantwich
newport newton norfolk normandy northampton norton norwich nottingham oldham oxford paris peterborough
phoenix plymouth poland preston reading richmond rochdale rochester rotherham rutland salford scotland
sheffield shipley skye slough somerset southport stafford stockport stockton suffolk sunderland surrey
sussex sutton sweden telford texas thames torquay trent tyne venice victoria wakefield wales walsall
warrington warwick washington wellington wembley westminster weston whitby wigan wiltshire winchester
windsor woking worcester york
""".split()  # noqa: SIM905
)

#: with a capital they are names, without one they are words
LOWER_WORDS = frozenset(
    """
abbot archer bail bailey baker barber baron barrow basil beck belle booth briar brie brooks buck bud burns
butler buzz carol carpenter carter cartwright chambers chandler chapel chaplain chapman clay clerk clover
coke coleman combs cooper coral cox creed cummings daisy dale dana deacon dell dick duke dwell dyer ember
eve farmer fern finch fisher fletcher fowler fox franchise francs franklin freed freeman fry fuller gardener
gardner garner gill glade glen glover goddess goodwill granger gray grey gulley guy gypsy hack hale harp
harper hart hatch haze hazel heather herb hermit hicks hiker holder holly holt hood hunter inn iris ivy jack
jade jag jasmine jay jewel jewels joiner jolly kay kiln king knight laird lamb lance larch lark lea leather
lee levy lilac lily lord loveday lynch lyric mace mandarin manning marine mariner mariners marsh marshal
marshall maverick max mayor medley melody melon mercer merchant mercy merry miller minister misty monk moody
mortimer moss nan nanny nash newman nickel noble norman olive olives ox paige palmer pansy parker parsley
parsons payne peacock pearl peg penny perry pewter piper pitcher planter poole pope poppy porter potter
prentice prince princess prior proctor psalm rabbi racer raine ranger raven reader reed reeve regan regent
rice rider rigger ritual rob robin robins roman rook rosemary rosy rowan ruby rusty sable sailor sandy
sawyer secretary sexton shepherd sheriff singer skip skipper slater slaughter smith soldier sony sparks
spicer squire stark sterling steward stoker stoner storer sue tanner taylor tempest tempo thatcher thorn
thorny timber tinker trader trapper treasurer trinket tucker tulip turner tyler tyre valentine vicar violet
viper wade wagoner walker waller warden warner watt weaver webber wheeler whistler winner wolf woody wren
wright yeoman yule
""".split()  # noqa: SIM905
)
