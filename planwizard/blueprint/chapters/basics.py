"""P 計画の基本情報: what cover, imprint and every chapter take their values from."""

from planwizard.blueprint import options
from planwizard.blueprint.kinds import (
    Choice,
    Choices,
    Computed,
    Day,
    FieldSet,
    Level,
    Line,
    Prints,
    Prose,
    Reference,
    Rows,
    Sheet,
    Text,
    Upload,
    When,
    Year,
)

TOWN = FieldSet(
    "市町村",
    (
        Line(
            "municipality_code",
            "市町村コード",
            level=Level.REQUIRED,
            prints=Prints.FRAME,
            max_chars=6,
            format="municipality_code",
            is_fixed=True,
            help="全国地方公共団体コード（検査数字を含む6桁）です。全体管理者が登録した値を使います。",
            example="992011",
            source="提案",
        ),
        Line(
            "municipality_name",
            "市町村名",
            level=Level.REQUIRED,
            prints=Prints.FRAME,
            is_fixed=True,
            help="表紙、章の題、本文に出る市町村の名です。全体管理者が登録した値を使います。",
            example="○○市",
            source="手引 Ⅱ",
        ),
        Line(
            "prefecture_name",
            "都道府県名",
            level=Level.REQUIRED,
            prints=Prints.FRAME,
            is_fixed=True,
            help="3章の県計画の欄に使います。",
            example="○○県",
            source="提案",
        ),
    ),
)

NAME = FieldSet(
    "計画の型と名",
    (
        Choice(
            "plan_type",
            "計画の型",
            level=Level.REQUIRED,
            prints=Prints.NEVER,
            options=options.PLAN_TYPES,
            help="DX推進計画などがこの計画を兼ねる場合は「ほかの計画が兼ねる」、総合計画などの一つの章にする場合は「ほかの計画の一部の章として作る」を選びます。どれでも、章の題と順を変え、章を足せます。",
            example="ほかの計画が兼ねる",
            source="実例",
        ),
        Line(
            "plan_title",
            "計画名",
            level=Level.REQUIRED,
            prints=Prints.FRAME,
            max_chars=100,
            help="表紙に大きく出る名です。兼用の計画では、自市の計画の名を書きます。「官民データ活用推進計画」の語が無い名でも構いません。"
            "そのときも2〜4章の題は「○○市官民データ活用推進計画の……」となり、「章の題、順、担当」の画面で直せます。",
            example="○○市デジタル推進計画（○○市官民データ活用推進計画）",
            source="手引 Ⅱ",
        ),
        Line(
            "plan_short_title",
            "計画の呼び名",
            prints=Prints.FRAME,
            max_chars=40,
            help="文の中で使う短い名です。空のときは「本計画」と書きます。",
            example="本計画",
            source="提案",
        ),
        Rows(
            "own_pillars",
            "自市の柱",
            level=Level.RECOMMENDED,
            condition="兼用の計画の場合だけ",
            asked_when=When("plan_type", ("combined",)),
            row_name="柱",
            help="計画が自前の柱を持つときに、柱の名と、五つの柱のどれに当たるかを書きます。書くと6章はこの柱で束ねます。",
            example="くらしを便利に＝手続オンライン化、マイナンバーカード",
            source="実例",
            columns=(
                Line("title", "柱の名", level=Level.REQUIRED, max_chars=40),
                Choices("pillars", "当たる柱", level=Level.REQUIRED, options=options.PILLARS),
            ),
        ),
    ),
)

PERIOD = FieldSet(
    "期間と見直し",
    (
        Year(
            "period_start_fy",
            "期間の始まり",
            level=Level.REQUIRED,
            prints=Prints.FRAME,
            help="4月から始まる年度で書きます。",
            example="令和9年度",
            source="種文書 施策の記述の要素",
        ),
        Year(
            "period_end_fy",
            "期間の終わり",
            level=Level.REQUIRED,
            prints=Prints.FRAME,
            help="総合計画の終期に合わせると、見直しが一度で済みます。",
            example="令和13年度",
            source="種文書 施策の記述の要素",
        ),
        Computed(
            "period_years",
            "期間の年数",
            level=Level.NONE,
            prints=Prints.FRAME,
            unit="年",
            help="始まりと終わりから数えます。",
            example="5年",
            source="種文書 施策の記述の要素",
        ),
        Text(
            "period_reason",
            "期間の決め方",
            level=Level.RECOMMENDED,
            prints=Prints.FRAME,
            help="なぜこの長さにしたかを書きます。上位計画の終期や国の期限などです。",
            example="第3次総合計画前期基本計画の終期に合わせる。標準化の完了予定も同年度のため。",
            source="提案",
        ),
        Text(
            "review_policy",
            "見直しの時期",
            level=Level.REQUIRED,
            prints=Prints.FRAME,
            help="毎年の点検と、中間の見直しの時期を書きます。",
            example="毎年度6月に点検し、令和11年度に中間見直しを行う。",
            source="種文書 施策の記述の要素",
        ),
    ),
)

ADOPTION = FieldSet(
    "策定と改定",
    (
        Day(
            "adopted_on",
            "策定年月日",
            level=Level.RECOMMENDED,
            prints=Prints.FRAME,
            condition="成案では必須",
            required_when=When("version:stage", ("final_draft", "amendment")),
            help="決裁の日です。表紙には年月が出ます。",
            example="令和9年3月25日",
            source="提案",
        ),
        Rows(
            "amendments",
            "改定の記録",
            prints=Prints.FRAME,
            row_name="改定",
            help="改定のたびに1行書きます。",
            example="令和10年4月1日／1.1／交付金名の更新",
            source="種文書 運用体制",
            columns=(
                Day("date", "改定年月日", level=Level.REQUIRED),
                Line("version", "版", max_chars=20),
                Text("summary", "改定内容", level=Level.REQUIRED),
            ),
        ),
    ),
)

CONTACT = FieldSet(
    "問い合わせ先",
    (
        Reference(
            "contact_department",
            "担当部署",
            level=Level.REQUIRED,
            prints=Prints.FRAME,
            to="department",
            help="住民からの問い合わせを受ける課を選びます。一覧に無い課は、事務局が「課」の画面で加えます。",
            example="総合政策部デジタル推進課",
            source="種文書 運用体制",
        ),
        Line(
            "contact_phone",
            "電話",
            level=Level.REQUIRED,
            prints=Prints.FRAME,
            max_chars=30,
            format="tel",
            help="代表でなく、課の直通の番号が望ましいです。",
            example="000-000-0000",
            source="種文書 運用体制",
        ),
        Line(
            "contact_email",
            "メール",
            level=Level.RECOMMENDED,
            prints=Prints.FRAME,
            format="email",
            help="課で共用するアドレスを書きます。個人名の入るものは避けてください。",
            example="digital@example.lg.jp",
            source="種文書 運用体制",
        ),
        Line(
            "contact_address",
            "所在地",
            prints=Prints.FRAME,
            help="庁舎の住所を書きます。",
            example="○○県○○市本町1-1",
            source="提案",
        ),
    ),
)

PUBLICATION = FieldSet(
    "公表",
    (
        Line(
            "publication_url",
            "公表ページURL",
            level=Level.REQUIRED,
            prints=Prints.FRAME,
            max_chars=500,
            format="url",
            help="計画を定め、変えたときは、遅滞なくインターネットなどで公表します。公表前は、公表する予定のページを書きます。",
            example="https://www.example.lg.jp/digital/plan",
            source="法9条4項",
        ),
        Day(
            "published_on",
            "公表日",
            level=Level.CONDITIONAL,
            prints=Prints.FRAME,
            condition="公表した場合だけ",
            required_when=When("appendix:publications"),
            help="市町村のウェブサイトなどに載せた日です。改定のときは、決裁から間を置かずに公表します。",
            example="令和9年4月1日",
            source="法9条4項",
        ),
        Choice(
            "license",
            "計画文書の利用条件",
            level=Level.RECOMMENDED,
            prints=Prints.FRAME,
            options=options.LICENSES,
            help="計画そのものも、二次利用できる条件で公開することをお勧めします。",
            example="CC BY 4.0",
            source="提案",
        ),
    ),
)

LOOKS = FieldSet(
    "年号の表示とあいさつ",
    (
        Choice(
            "era_display",
            "年号の表示",
            level=Level.RECOMMENDED,
            prints=Prints.NEVER,
            options=options.ERA_DISPLAYS,
            initial="wareki",
            help="文書全体の年度と日付の書き方が変わります。",
            example="併記（令和8年度（2026年度））",
            source="提案",
        ),
        Prose(
            "foreword",
            "首長あいさつ",
            help="「はじめに」として表紙の次に載せます。",
            example="本市は、待たせない市役所を目指して……",
            source="実例",
        ),
        Upload(
            "foreword_photo",
            "首長あいさつの写真",
            help="「はじめに」に添える写真です。写っているものを代替テキストに書いてください。",
            example="市長の写真",
            source="実例",
        ),
    ),
)

SHEET = Sheet(
    "basics",
    "計画の基本情報",
    "basics",
    (TOWN, NAME, PERIOD, ADOPTION, CONTACT, PUBLICATION, LOOKS),
    guide="表紙・奥付と、全章の文に差し込む値です。はじめに一度だけ入れます。後からいつでも直せます。",
    pitfall="期間は年度で数えます。令和9年度から令和13年度までは5年です。",
    at_hand=(
        "計画を定めた課と問い合わせ先",
        "総合計画など上位の計画の期間",
        "公表する先のアドレス",
    ),
)
