"""Sentences of our own in many languages, for telling character sets and languages apart.

They have the quotes and dashes that their readers expect; `write` puts what people typed instead
where a character set has none.
"""

from __future__ import annotations

import unicodedata
from typing import Final

SENTENCES: Final[dict[str, list[str]]] = {
    "en": [
        "“Don’t you see?” said Holmes — his eyes were bright… “The café was empty,” he added.",
        "Watson put down the paper and looked at the fire for a long while before he answered.",
        "It wasn’t the first letter, and it wouldn’t be the last one that week, I’m afraid.",
        "The cabman’s lantern swung twice; then the street was as dark as it had been before.",
        "“You’re late,” she said. “I’ve kept the soup warm, though it’s only soup.”",
        "Nobody at the club could say who’d paid the bill – or why he had paid it twice.",
        "They walked along the river until the bells of the old church had rung for eleven.",
        "Mrs Hudson’s protégé was a naïve young man with a fine moustache and no money at all.",
    ],
    "fr": [
        "« Voilà, dit-il, l’été est déjà passé. Ça ne fait rien ; où êtes-vous allé ? »",
        "Le garçon était très fatigué, et la tempête n’avait pas encore cessé de souffler.",
        "Le capitaine Nemo regarda la mer, puis il referma le hublot sans ajouter un mot.",
        "À Noël, on avait coutume de dîner à bord, près de la grande fenêtre du salon.",
        "C’était bien lui : même regard, même voix, mêmes gestes mesurés et précis.",
        "Elle répéta sa phrase plus fort, mais personne ne l’écoutait déjà plus.",
        "Les flots montaient ; bientôt le pont tout entier fut couvert d’une écume légère.",
        "« Êtes-vous sûr, monsieur ? — Tout à fait sûr, mon cher, répondit le professeur. »",
    ],
    "de": [
        "„Schöne Grüße“, sagte er. Über die Straße läuft ein großer Hund; Äpfel und Öl – für mich.",
        "Der Wirt stellte zwei Gläser auf den Tisch und fragte, ob wir noch länger blieben.",
        "Draußen fiel der erste Schnee, und die Häuser standen still unter dem weißen Himmel.",
        "Niemand hörte, wie die Tür aufging und ein kühler Wind durch die Räume strich.",
        "„Natürlich weiß ich das“, erwiderte Wilhelmine, „aber was können wir schon tun?“",
        "Im Frühjahr müssten wir zurück sein, wenn die Brücke bis dahin wieder begehbar wäre.",
        "Er zählte die Münzen zweimal und legte schließlich alle bis auf eine zurück.",
        "Die Mühle am Fluss klapperte die ganze Nacht, und keiner von uns fand Schlaf.",
    ],
    "es": [
        "¿Qué quieres, señor? —preguntó la niña—. ¡Mañana será otro día! El capitán sonrió.",
        "El caballero bajó del rocín y miró los molinos con más atención que la víspera.",
        "Nadie sabía cuándo había llegado ni por qué no quería marcharse todavía.",
        "—¿Y tú? —dijo Sancho—. Yo también pasé la noche sin dormir ni un instante.",
        "La duquesa cerró la carta y la guardó en el cajón, debajo de los pañuelos.",
        "Llovió tres días, y al cuarto salió un sol pálido sobre los tejados de la aldea.",
        "¡Qué difícil es callar cuando uno tiene razón!, pensó el bachiller.",
        "Después de cenar, jugaron a las cartas junto al balcón hasta muy entrada la noche.",
    ],
    "pt": [
        "Não, disse ele, amanhã não. A canção é bonita, irmã. Às vezes há coração.",
        "O capitão olhou para o mar e não respondeu; as mãos tremiam-lhe um pouco.",
        "Ninguém sabia onde ela tinha estado nem por que razão voltara tão cedo.",
        "— Você também vem? — perguntou o irmão mais velho, já à porta do salão.",
        "A praça estava vazia, e as janelas fechadas pareciam não esperar ninguém.",
        "Depois da tempestade veio um silêncio que durou até o amanhecer.",
        "Então a avó contou outra história, a da princesa que não queria reinar.",
        "Às cinco horas, o pão já estava quente e o café, como sempre, fraco demais.",
    ],
    "it": [
        "«Perché no?» disse Pinocchio. «La città è piena di gente, e io non ho più fame.»",
        "Il vecchio posò la pialla e guardò il ragazzo con un’aria tra severa e divertita.",
        "Nessuno sapeva dov’era andata la fata, né perché non fosse più tornata.",
        "Così passò l’estate, e con l’estate passò anche la voglia di studiare.",
        "«È tardi» mormorò la ragazza. «Però possiamo aspettare ancora un po’.»",
        "La neve cadeva già da due giorni, e le strade del paese erano tutte bianche.",
        "Lunedì mattina arrivò una lettera; non c’era né firma né indirizzo.",
        "Giù al porto, le barche si muovevano appena, legate l’una all’altra.",
    ],
    "nl": [
        "“Waar ben je geweest?” vroeg zij. “Ik heb één uur gewacht, en toen nóg een.”",
        "De schipper keek naar het water en zei niets, want er was niets meer te zeggen.",
        "Op de hoek stond een oude vrouw met een mand vol appels en een grote paraplu.",
        "Het was de drieëntwintigste dag van de reis, en nog altijd was er geen land in zicht.",
        "Niemand had gehoord dat de deur openging, zo hard waaide het die avond.",
        "“Vóór morgen moeten wij de brief hebben,” zei de heer, “anders is het te laat.”",
        "Zij legde haar hoed op tafel en ging zonder een woord bij het raam zitten.",
        "De coördinaten klopten niet, en de kaart was zeker tien jaar oud.",
    ],
    "sv": [
        "Å, vad är det? Hon sa: på ön är det kallt, där går älgen över den frusna sjön.",
        "Gåsen flög långt över skogarna, och pojken höll sig fast så gott han kunde.",
        "Ingen visste när båten skulle komma, men alla väntade ändå nere vid bryggan.",
        "”Är du säker?” frågade hon. ”Ja”, svarade han, ”så säker man kan vara här.”",
        "På kvällen tände de ljus i fönstren och åt ärtsoppa med mycket senap.",
        "Det började snöa igen, först lite, sedan så mycket att vägen försvann.",
        "Mormor läste högt ur en gammal bok som hon hade fått när hon själv var liten.",
        "Före jul får vi nog inga fler brev, sade prästen och stängde lådan.",
    ],
    "da": [
        "Den lille havfrue så op på månen og sagde ikke et ord, før natten var forbi.",
        "»Hvor går du hen?« spurgte kongen. »Jeg går over broen og ind i skoven.«",
        "Vinden blæste så hårdt, at skibet måtte blive liggende i havnen til lørdag.",
        "Der var engang en tinsoldat, som havde stået på det samme bord i syv år.",
        "Ællingen svømmede ud på søen og så sit eget billede i det klare vand.",
        "Hun åbnede døren, men der var ingen udenfor, kun sne og atter sne.",
        "Børnene fik æbler og brød, og bagefter måtte de høre en historie mere.",
        "Ingen kunne huske, hvornår det sidst havde været så mørkt på denne årstid.",
    ],
    "fi": [
        "Väinämöinen katsoi merelle eikä sanonut mitään, sillä tyyni ei kestäisi iltaan.",
        "”Missä sinä olit?” kysyi äiti. ”Metsässä”, vastasi tyttö, ”siellä oli hiljaista.”",
        "Seppä takoi koko yön, ja aamulla pihalla seisoi jotakin, mitä kukaan ei tuntenut.",
        "Kylän väki kerääntyi rantaan, kun vene tuli näkyviin saaren takaa.",
        "Lunta oli tullut niin paljon, että ovea ei saanut enää auki sisältäpäin.",
        "Hän löysi kirjeen pöydältä vasta seuraavana päivänä, eikä ymmärtänyt siitä mitään.",
        "Talvi oli pitkä, mutta keväällä järvi oli taas sininen ja täynnä lintuja.",
        "Vanhus nyökkäsi hitaasti ja sytytti piippunsa uudelleen.",
    ],
    "pl": [
        "Zażółć gęślą jaźń. Był sobie król, który miał trzy córki. Święty Mikołaj przyszedł późno.",
        "„Gdzie byłeś?” – zapytała księżniczka. „Nad rzeką, gdzież indziej miałbym być?”",
        "Śnieg padał całą noc, a rano nikt nie mógł otworzyć drzwi do stajni.",
        "Pan Tadeusz odłożył książkę i długo patrzył przez okno na pusty dziedziniec.",
        "Żołnierz wyjął z kieszeni list, ale nie chciał powiedzieć, kto go napisał.",
        "Później wszyscy siedzieli przy stole i słuchali, jak babka opowiada o wilkach.",
        "Dąb stał na wzgórzu od tak dawna, że nikt już nie pamiętał, kto go zasadził.",
        "Jeszcze dziś wieczorem musimy być w Krakowie, choćby konie miały paść.",
    ],
    "cs": [
        "Příliš žluťoučký kůň pěl ďábelské ódy. Voják Švejk se usmál a neřekl vůbec nic.",
        "„Kde jsi byl?“ ptala se babička. „U řeky, kde bych jinde mohl být?“",
        "Sníh padal celou noc a ráno už nikdo nemohl otevřít dveře od stáje.",
        "Vodník seděl na kameni a čekal, až měsíc vyjde nad mlýnem.",
        "Děvče běželo přes most a ani jednou se neohlédlo zpátky k městu.",
        "Později všichni seděli u stolu a poslouchali, jak stařec vypráví o drakovi.",
        "Ještě dnes večer musíme být v Praze, ať to stojí, co to stojí.",
        "Kníže si přečetl dopis dvakrát, potom ho složil a hodil do ohně.",
    ],
    "hu": [
        "Szép estét, mondta a fiú. Őszintén szólva, a nő tűz, és fűtőtest.",
        "„Hol voltál?” kérdezte a királylány. „A folyónál, hol másutt lehettem volna?”",
        "Egész éjjel esett a hó, és reggelre senki sem tudta kinyitni az istálló ajtaját.",
        "Az öreg juhász leült a kő mellé, és sokáig nézte a hegyek fölött gyülekező felhőket.",
        "Később mindenki az asztalnál ült, és hallgatta a nagyanyó meséjét a farkasokról.",
        "A katona elővett egy levelet, de nem akarta megmondani, hogy ki írta.",
        "Ősszel a szőlő már elkelt, így aztán nem volt miből kifizetni az adót.",
        "Még ma este Budán kell lennünk, akármibe kerül is.",
    ],
    "ro": [
        "Bătrânul se uită la cer și zise că până diseară vom avea furtună în munți.",
        "„Unde ai fost?” întrebă fata. „La râu, unde aș fi putut să fiu?”",
        "Zăpada a căzut toată noaptea, iar dimineața nimeni nu mai putea deschide ușa.",
        "Împăratul avea trei fete și nu știa căreia dintre ele să-i lase țara.",
        "Contele închise cartea încet și privi pe fereastră spre valea întunecată.",
        "Mai târziu, toți stăteau la masă și ascultau cum bunica povestea despre lupi.",
        "Soldatul scoase o scrisoare, dar nu voia să spună cine i-o trimisese.",
        "Astăzi, înainte de miezul nopții, trebuie să ajungem la castel.",
    ],
    "tr": [
        "Holmes bana baktı ve gülümsedi. Geç kaldın, dedi, ama önemli değil. Işık söndü, iş çok.",
        "“Neredeydin?” diye sordu kız. “Irmağın kıyısında, başka nerede olabilirdim?”",
        "Bütün gece kar yağdı, sabah kimse ahırın kapısını açamadı.",
        "Padişahın üç kızı vardı ve tahtı hangisine bırakacağını bilmiyordu.",
        "Yaşlı adam çantasından eski bir mektup çıkardı ama kimin yazdığını söylemedi.",
        "Sonra herkes sofraya oturdu ve ninenin kurtlar hakkındaki masalını dinledi.",
        "Bu akşam İstanbul’da olmalıyız, ne pahasına olursa olsun.",
        "Güneş doğduğunda şehir hâlâ uyuyordu, yalnız martılar uyanıktı.",
    ],
    "ru": [
        "Холмс посмотрел на меня и улыбнулся. «Вы опоздали, — сказал он, — но это неважно».",
        "Всю ночь шёл снег, и утром никто не мог открыть дверь конюшни.",
        "У царя было три дочери, и он не знал, которой из них оставить царство.",
        "Старик достал из кармана письмо, но не захотел сказать, кто его написал.",
        "Потом все сидели за столом и слушали, как бабушка рассказывает о волках.",
        "Сегодня вечером мы должны быть в Москве, чего бы это ни стоило.",
        "Ещё не рассвело, а лошади уже стояли у крыльца и били копытами.",
        "— Где ты был? — спросила княжна. — У реки, где же ещё мне быть?",
    ],
    "uk": [
        "Старий козак глянув на річку й усміхнувся: «Ще є час, — сказав він, — поїдемо вранці».",
        "Усю ніч ішов сніг, і вранці ніхто не міг відчинити дверей стайні.",
        "У царя було три доньки, і він не знав, котрій із них залишити царство.",
        "Дівчина витягла з кишені листа, але не схотіла сказати, хто його написав.",
        "Потім усі сиділи за столом і слухали, як бабуся розповідає про вовків.",
        "Сьогодні ввечері ми маємо бути в Києві, хоч би що сталося.",
        "Ґанок був порожній, і тільки їжак шелестів у торішньому листі.",
        "Мавка стояла під вербою та дивилася, як зникає за лісом останнє світло.",
    ],
    "bg": [
        "Старецът погледна към планината и каза, че до вечерта ще завали сняг.",
        "„Къде беше?“ попита момичето. „При реката, къде другаде можех да бъда?“",
        "Царят имаше три дъщери и не знаеше на коя от тях да остави царството.",
        "Войникът извади писмо от джоба си, но не искаше да каже кой го е написал.",
        "После всички седяха на масата и слушаха как баба разказва за вълците.",
        "Тази вечер трябва да бъдем в София, каквото и да стане.",
        "Цяла нощ валя сняг и на сутринта никой не можа да отвори вратата.",
        "Щъркелите още не бяха дошли, а дърветата вече цъфтяха край пътя.",
    ],
    "el": [
        "Ο Χολμς με κοίταξε και χαμογέλασε. Άργησες, είπε, αλλά δεν πειράζει.",
        "Όλη τη νύχτα έπεφτε χιόνι και το πρωί κανείς δεν μπορούσε να ανοίξει την πόρτα.",
        "Ο βασιλιάς είχε τρεις κόρες και δεν ήξερε σε ποια να αφήσει το βασίλειο.",
        "Ο γέρος έβγαλε ένα γράμμα από την τσέπη του, μα δεν ήθελε να πει ποιος το έγραψε.",
        "«Πού ήσουν;» ρώτησε η κόρη. «Στο ποτάμι, πού αλλού θα μπορούσα να είμαι;»",
        "Ύστερα κάθισαν όλοι στο τραπέζι και άκουγαν τη γιαγιά να μιλάει για τους λύκους.",
        "Απόψε πρέπει να είμαστε στην Αθήνα, ό,τι κι αν γίνει.",
        "Ο Οδυσσέας δεν απάντησε αμέσως· κοίταζε τη θάλασσα και σιωπούσε.",
    ],
    "he": [
        "הולמס הסתכל עליי וחייך. אתה מאחר, הוא אמר, אבל זה לא חשוב. אנחנו נוסעים ללונדון.",
        "כל הלילה ירד שלג, ובבוקר לא הצליח איש לפתוח את הדלת.",
        "למלך היו שלוש בנות, והוא לא ידע למי מהן להשאיר את הממלכה.",
        "הזקן הוציא מכתב מכיסו, אבל לא רצה לומר מי כתב אותו.",
        "אחר כך ישבו כולם ליד השולחן והקשיבו לסבתא מספרת על הזאבים.",
        "הערב אנחנו חייבים להיות בירושלים, ויהי מה.",
        "איפה היית, שאלה הנסיכה. ליד הנהר, ענה הנער, איפה עוד יכולתי להיות?",
        "השמש עוד לא זרחה, והסוסים כבר עמדו מחוץ לשער וחיכו.",
    ],
    "ar": [
        "نظر هولمز إلي وابتسم. لقد تأخرت، قال، لكن لا يهم. نحن ذاهبون إلى لندن.",
        "سقط الثلج طوال الليل، وفي الصباح لم يستطع أحد أن يفتح باب البيت.",
        "كان للملك ثلاث بنات، ولم يكن يعرف لمن منهن يترك المملكة.",
        "أخرج الشيخ رسالة من جيبه، لكنه لم يرد أن يقول من كتبها.",
        "ثم جلس الجميع حول المائدة واستمعوا إلى الجدة وهي تحكي عن الذئاب.",
        "يجب أن نكون في بغداد هذا المساء مهما حدث.",
        "أين كنت؟ سألت الأميرة. عند النهر، أجاب الفتى، وأين يمكن أن أكون؟",
        "لم تشرق الشمس بعد، والخيول واقفة عند الباب تنتظر السفر.",
    ],
    "th": [
        "โฮล์มส์มองมาที่ฉันและยิ้ม คุณมาสาย เขาพูด แต่ไม่เป็นไร เราจะไปลอนดอน",
        "หิมะตกตลอดทั้งคืน และตอนเช้าไม่มีใครเปิดประตูคอกม้าได้",
        "พระราชามีธิดาสามองค์ และไม่ทรงทราบว่าจะยกราชอาณาจักรให้ใคร",
        "ชายชราหยิบจดหมายออกจากกระเป๋า แต่ไม่ยอมบอกว่าใครเป็นคนเขียน",
        "จากนั้นทุกคนก็นั่งที่โต๊ะและฟังคุณยายเล่าเรื่องหมาป่า",
        "คืนนี้เราต้องไปถึงกรุงเทพให้ได้ ไม่ว่าอะไรจะเกิดขึ้น",
        "เธอไปไหนมา เจ้าหญิงถาม ที่แม่น้ำ เด็กหนุ่มตอบ ฉันจะไปที่ไหนได้อีก",
        "ดวงอาทิตย์ยังไม่ขึ้น แต่ม้าก็ยืนรออยู่หน้าประตูแล้ว",
    ],
    "vi": [
        "Ông lão nhìn ra sông và mỉm cười. Cháu đến muộn rồi, ông nói, nhưng không sao.",
        "Tuyết rơi suốt đêm, và sáng hôm sau không ai mở được cửa chuồng ngựa.",
        "Nhà vua có ba người con gái và không biết nên trao vương quốc cho ai.",
        "Người lính lấy trong túi ra một bức thư, nhưng không chịu nói ai đã viết.",
        "Sau đó mọi người ngồi quanh bàn và nghe bà kể chuyện về bầy sói.",
        "Tối nay chúng ta phải có mặt ở Hà Nội, dù có chuyện gì xảy ra.",
        "Em đã ở đâu, công chúa hỏi. Bên bờ sông, chàng trai đáp, còn ở đâu được nữa?",
        "Mặt trời chưa mọc mà đàn ngựa đã đứng đợi ngoài cổng từ lâu.",
    ],
    "ja": [
        "ホームズは私を見て微笑んだ。「遅いですね」と彼は言った。「でも構いません」",
        "一晩中雪が降り続き、朝には誰も馬小屋の戸を開けることができなかった。",
        "王様には三人の娘がいて、どの娘に国を譲ればよいのか分からなかった。",
        "老人はポケットから手紙を取り出したが、誰が書いたのかは言おうとしなかった。",
        "それから皆はテーブルに着いて、祖母が狼の話をするのを聞いていた。",
        "今夜はどうしても東京に着かなければならない、何が起ころうとも。",
        "「どこへ行っていたの」と姫は尋ねた。「川のほとりさ、ほかに行くところもない」",
        "まだ日は昇らないのに、馬はもう門の前で待っていた。",
    ],
    "zh": [
        "福尔摩斯看着我，微微一笑。“你来晚了，”他说，“不过没关系。我们现在就去伦敦。”",
        "雪下了整整一夜，早上谁也打不开马厩的门。",
        "国王有三个女儿，他不知道应该把王国留给哪一个。",
        "老人从口袋里拿出一封信，可是不肯说是谁写的。",
        "后来大家都坐在桌子旁边，听奶奶讲狼的故事。",
        "今天晚上我们一定要到北京，不管发生什么事情。",
        "“你去哪儿了？”公主问。“在河边，”少年回答，“我还能去哪儿呢？”",
        "太阳还没有出来，马已经站在门口等着了。",
    ],
    "zh-Hant": [
        "福爾摩斯看著我，微微一笑。「你來晚了，」他說，「不過沒關係。我們現在就去倫敦。」",
        "雪下了整整一夜，早上誰也打不開馬廄的門。",
        "國王有三個女兒，他不知道應該把王國留給哪一個。",
        "老人從口袋裡拿出一封信，可是不肯說是誰寫的。",
        "後來大家都坐在桌子旁邊，聽奶奶講狼的故事。",
        "今天晚上我們一定要到臺北，不管發生什麼事情。",
        "「你去哪兒了？」公主問。「在河邊，」少年回答，「我還能去哪兒呢？」",
        "太陽還沒有出來，馬已經站在門口等著了。",
    ],
    "ko": [
        "홈즈는 나를 보고 미소를 지었다. 늦었군요, 그가 말했다. 하지만 괜찮습니다.",
        "밤새 눈이 내려서 아침에는 아무도 마구간 문을 열 수 없었다.",
        "왕에게는 세 딸이 있었는데, 누구에게 나라를 물려주어야 할지 몰랐다.",
        "노인은 주머니에서 편지를 꺼냈지만 누가 썼는지는 말하려 하지 않았다.",
        "그러고 나서 모두 식탁에 앉아 할머니가 들려주는 늑대 이야기를 들었다.",
        "무슨 일이 있어도 오늘 밤에는 서울에 도착해야 한다.",
        "어디 갔었어, 하고 공주가 물었다. 강가에 있었어, 소년이 대답했다.",
        "아직 해가 뜨지 않았는데 말들은 벌써 문 앞에서 기다리고 있었다.",
    ],
}

#: Language → the Python codecs in which its stories have been kept.
CODECS: Final[dict[str, str]] = {
    "en": "cp1252 mac_roman",
    "fr": "cp1252 mac_roman cp850 cp437",
    "de": "cp1252 mac_roman cp850 cp437",
    "es": "cp1252 mac_roman cp850 cp437",
    "pt": "cp1252 mac_roman cp850",
    "it": "cp1252 mac_roman cp850 cp437",
    "nl": "cp1252 mac_roman",
    "sv": "cp1252 mac_roman cp850 cp437",
    "da": "cp1252 mac_roman cp850",
    "fi": "cp1252 mac_roman cp850",
    "pl": "cp1250 iso8859_2 cp852",
    "cs": "cp1250 iso8859_2 cp852",
    "hu": "cp1250 iso8859_2 cp852",
    "ro": "cp1250 iso8859_2",
    "tr": "cp1254",
    "ru": "cp1251 koi8_r cp866 iso8859_5 mac_cyrillic",
    "uk": "cp1251 koi8_u",
    "bg": "cp1251",
    "el": "cp1253 iso8859_7",
    "he": "cp1255 cp862",
    "ar": "cp1256 iso8859_6",
    "th": "cp874",
    "vi": "cp1258",
    "ja": "cp932 euc_jp iso2022_jp",
    "zh": "gb18030",
    "zh-Hant": "big5 gb18030",
    "ko": "cp949",
}

#: What people typed where a character set lacks a mark or a letter.
_INSTEAD: Final = {
    **dict.fromkeys("’‘", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("–—", "-"),
    "…": "...", "·": ";", "ș": "ş", "ț": "ţ", "ё": "е",
}  # fmt: skip
#: Marks of tone, which Windows-1258 writes after the letter.
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


def write(language: str, codec: str, length: int, turn: int = 0) -> tuple[str, bytes]:
    """A text of about `length` bytes and its bytes. Shape: `turn` with which sentence it begins."""
    sentences = SENTENCES[language]
    kept: list[str] = []
    data = b""
    while len(data) < length:
        sentence = sentences[(turn + len(kept)) % len(sentences)]
        kept.append("".join(fit(char, codec) for char in sentence))
        data = "\n".join(kept).encode(codec)
    return unicodedata.normalize("NFC", "\n".join(kept)), data


def fit(char: str, codec: str) -> str:
    """The character as people typed it where the character set does not have it."""
    if char.encode(codec, "ignore"):
        return char
    parts = unicodedata.normalize("NFD", char)
    tones = "".join(part for part in parts if part in _TONES)
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    if codec == "cp1258":
        return letter + tones
    return _INSTEAD.get(char) or parts[0]
