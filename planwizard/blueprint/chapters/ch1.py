"""1章 現状及び課題."""

from planwizard.blueprint import options
from planwizard.blueprint.kinds import (
    Choice,
    Choices,
    Day,
    FieldSet,
    Level,
    Line,
    Number,
    Prints,
    Prose,
    Reference,
    Rows,
    Sheet,
    Text,
    Year,
    YesNo,
)

SURVEY_COLUMNS = (
    Line("question", "問い", level=Level.REQUIRED),
    Line("result", "結果", level=Level.REQUIRED),
    Number("n", "回答数", unit="人", minimum="0"),
    Day("surveyed_on", "調査した日"),
)

POPULATION = FieldSet(
    "人口",
    (
        Number(
            "population",
            "総人口",
            level=Level.REQUIRED,
            unit="人",
            minimum="0",
            help="住民基本台帳か国勢調査か、どちらかに揃えて書きます。",
            example="84,312",
            source="手引 Ⅱ 1章",
        ),
        Day(
            "population_as_of",
            "人口の時点",
            level=Level.REQUIRED,
            help="いつの人口かを書きます。",
            example="令和8年10月1日",
            source="手引 Ⅱ 1章",
        ),
        Choice(
            "population_source",
            "人口の出典",
            level=Level.REQUIRED,
            options=options.POPULATION_SOURCES,
            help="住民基本台帳と国勢調査の数は別のものです。混ぜないでください。",
            example="住民基本台帳",
            source="手引 Ⅱ 1章",
        ),
        Number(
            "households",
            "世帯数",
            unit="世帯",
            minimum="0",
            help="総人口と同じ時点の数を書きます。",
            example="36,905",
            source="実例",
        ),
        Number(
            "aging_rate",
            "高齢化率",
            level=Level.RECOMMENDED,
            unit="%",
            decimals=1,
            minimum="0",
            help="65歳以上の人口を総人口で割ったものです。",
            example="31.8",
            source="実例",
        ),
        Rows(
            "population_projection",
            "将来人口",
            level=Level.RECOMMENDED,
            row_name="年度",
            help="公的な推計か、自市の人口ビジョンの数を、出典とともに書きます。",
            example="令和22年度／68,000人／市人口ビジョン",
            source="実例",
            columns=(
                Year("fy", "年度", level=Level.REQUIRED),
                Number("value", "人口", level=Level.REQUIRED, unit="人", minimum="0"),
                Line("source", "出典", level=Level.RECOMMENDED),
            ),
        ),
    ),
)

TOWN = FieldSet(
    "地域と市役所の姿",
    (
        Text(
            "area_features",
            "面積・地域の特性",
            level=Level.RECOMMENDED,
            prints=Prints.BODY,
            help="地理、産業、合併の経緯などを200字ほどで書きます。はじめは1、2文で足ります。",
            example="面積は186.42平方キロメートルで、海沿いの港と住宅地、農地、丘陵から成る。平成17年度の合併の後も、旧2町の役場が"
            "支所として残る。高齢化率は潮見野地区28.0%、東丘地区41.2%、浜里地区43.0%と、地区により異なる。東丘地区の路線バスは"
            "1日4便で、車を使えない人の移動が難しい。",
            source="手引 Ⅱ 1章",
        ),
        Rows(
            "staff_count",
            "職員数",
            level=Level.RECOMMENDED,
            row_name="年度",
            help="普通会計の職員数です。5年分あると移り変わりが伝わります。",
            example="令和3年度 612人、令和8年度 571人",
            source="実例",
            columns=(
                Year("fy", "年度", level=Level.REQUIRED),
                Number("value", "職員数", level=Level.REQUIRED, unit="人", minimum="0"),
            ),
        ),
        Text(
            "fiscal_note",
            "財政の見通し",
            prints=Prints.BODY,
            help="経常収支比率など、1つか2つの数で足ります。",
            example="経常収支比率 95.1%（令和7年度）",
            source="実例",
        ),
    ),
)

INITIATIVES = FieldSet(
    "これまでの取組",
    (
        Rows(
            "past_initiatives",
            "これまでの取組",
            level=Level.REQUIRED,
            row_name="取組",
            help="前の情報化計画やDX計画の主な成果を、年の順に書きます。",
            example="令和4年度／電子申請サービスの導入／42手続で開始",
            source="手引 Ⅱ 1章",
            columns=(
                Year("fy", "年度", level=Level.REQUIRED),
                Line("title", "取組", level=Level.REQUIRED),
                Text("result", "成果"),
            ),
        ),
        Rows(
            "previous_plan_review",
            "前計画の評価",
            level=Level.RECOMMENDED,
            row_name="項目",
            help="改定の場合は、ぜひ書いてください。Excelの表を貼り付けても入ります。",
            example="オンライン化した手続／60／52／やや遅れ",
            source="実例",
            columns=(
                Line("measure", "施策・指標", level=Level.REQUIRED),
                Line("target", "目標", max_chars=60),
                Line("actual", "実績", max_chars=60),
                Line("evaluation", "評価", max_chars=100),
            ),
        ),
        Rows(
            "digital_indicators",
            "デジタルの現状指標",
            level=Level.REQUIRED,
            row_name="指標",
            help="「指標」の欄に書き始めると、標準指標の候補が出ます。候補に無い名も書けます。値は、数か"
            "「AA準拠」のような短い語で書きます。国の平均は、分かるときだけで結構です。1行から書けます。",
            example="マイナンバーカード保有率／79.2／%／令和8年9月30日",
            source="実例",
            columns=(
                Line("name", "指標", level=Level.REQUIRED, suggest="standard_indicator"),
                Line("value", "値", level=Level.REQUIRED, max_chars=40),
                Line("unit", "単位", max_chars=20),
                Day("as_of", "時点", level=Level.RECOMMENDED),
                Line("source", "出典", level=Level.RECOMMENDED),
                Line("national_avg", "国の平均", max_chars=40),
            ),
        ),
    ),
)

VOICES = FieldSet(
    "住民と庁内の意向",
    (
        Rows(
            "resident_survey",
            "住民の意向",
            level=Level.RECOMMENDED,
            row_name="設問",
            help="住民アンケートや窓口アンケートの結果を書きます。",
            example="オンライン申請を使いたい／61%／1,043人",
            source="実例",
            columns=SURVEY_COLUMNS,
        ),
        Rows(
            "staff_survey",
            "庁内の意向",
            row_name="設問",
            help="所管課への照会の結果を書きます。",
            example="紙の申請が残る業務／148業務",
            source="提案",
            columns=SURVEY_COLUMNS,
        ),
    ),
)

DATA = FieldSet(
    "データの現況",
    (
        Rows(
            "data_holdings",
            "保有データの現況",
            level=Level.RECOMMENDED,
            row_name="データ",
            help="市が持つ主なデータの棚卸しです。2章の目的と、オープンデータの施策の裏付けになります。",
            example="避難所一覧／防災課／xlsx／公開／年1回",
            source="種文書 目的",
            columns=(
                Line("name", "データ", level=Level.REQUIRED),
                Line("department", "持つ課", suggest="department"),
                Line("format", "形式", max_chars=40),
                YesNo("published", "公開", yes="公開", no="非公開"),
                Line("update_cycle", "更新の周期", max_chars=40),
            ),
        ),
        Rows(
            "private_data",
            "民間データの活用",
            row_name="データ",
            help="事業者などのデータを使っている場合に書きます。",
            example="人流統計／通信事業者／観光の分析／購入",
            source="種文書 対象",
            columns=(
                Line("name", "データ", level=Level.REQUIRED),
                Line("holder", "持ち主"),
                Line("use", "使い道"),
                Line("condition", "条件"),
            ),
        ),
    ),
)

TRENDS = FieldSet(
    "背景と動向",
    (
        Rows(
            "background_needs",
            "背景となるニーズの変化",
            level=Level.RECOMMENDED,
            row_name="ニーズ",
            help="国の言葉を写さず、自市でどう現れているかを一言ずつ書きます。",
            example="所有から共有へ／農機の共同利用の相談が令和7年度に14件",
            source="種文書 背景",
            columns=(
                Choice("need", "ニーズの変化", level=Level.REQUIRED, options=options.NEEDS),
                Text("local_situation", "自市での現れ", level=Level.REQUIRED),
            ),
        ),
        Prose(
            "national_trend",
            "国・県の動向",
            level=Level.RECOMMENDED,
            prints=Prints.BODY,
            help="3行から5行に絞ります。詳しいことは、参照する文書の版で示します。",
            example="国は、令和7年6月に重点計画を改めた。県は……",
            source="実例",
        ),
    ),
)

ISSUES = FieldSet(
    "課題",
    (
        Rows(
            "issues",
            "課題",
            level=Level.REQUIRED,
            row_name="課題",
            help="「〜ができていない」「〜が見込まれる」の形で、説明は120〜200字が目安です。はじめは1、2文で足ります。"
            "施策シートから、ここの課題を選びます。",
            example="I-2／旧町域の高齢世帯が来庁しづらい／高齢化率は東丘地区41.2%、浜里地区43.0%で、東丘地区の路線バスは1日4便である。"
            "住民アンケートでは34%が市役所へ行きづらいと答えた。支所で完結する手続は18手続に限られ、介護や税の相談には本庁まで"
            "行く必要がある。運転をやめる人が増え、相談が遅れることが見込まれる。",
            source="手引 Ⅱ 1章",
            columns=(
                Line(
                    "no",
                    "番号",
                    max_chars=10,
                    help="空のときは、上から順に I-1、I-2 と付けます。",
                    example="I-2",
                ),
                Line("title", "課題", level=Level.REQUIRED, max_chars=60),
                Text("description", "説明", level=Level.REQUIRED),
                Reference(
                    "evidence_ref",
                    "証拠",
                    level=Level.RECOMMENDED,
                    to="evidence",
                    many=True,
                    help="課題の証拠となる指標や調査を、この章の表から選びます。",
                ),
                Choices("pillar", "関わる柱", options=options.PILLARS),
            ),
        ),
        Rows(
            "issue_priority",
            "地域課題の優先順位",
            row_name="順位",
            help="高・中・低の3段階で足ります。",
            example="I-2／高／来庁の負担が最も大きい",
            source="提案",
            columns=(
                Reference("issue", "課題", level=Level.REQUIRED, to="issue"),
                Choice("priority", "優先順位", level=Level.REQUIRED, options=options.PRIORITIES),
                Text("reason", "理由"),
            ),
        ),
    ),
)

BODY = FieldSet(
    "本文",
    (
        Prose(
            "ch1_text",
            "本文",
            level=Level.RECOMMENDED,
            max_chars=6000,
            help="上の項目から文案を作り、手で直します。",
            example="本市は、沿岸部と丘陵部からなる……",
            source="手引 Ⅱ 1章",
        ),
    ),
)

SHEET = Sheet(
    "ch1",
    "○○市の現状及び課題",
    "chapter",
    (POPULATION, TOWN, INITIATIVES, VOICES, DATA, TRENDS, ISSUES, BODY),
    guide="地域の姿、これまでの情報化とデータ活用の取組、そこから見える課題を書きます。課題に番号を振り、6章の施策から選べるようにします。",
    pitfall="課題と6章の施策がつながらない計画になりがちです。国の動向は短くし、自市の課題に字数を使ってください。",
    at_hand=(
        "住民基本台帳の人口と世帯数",
        "将来推計人口（人口ビジョンなど）",
        "これまでの情報化の計画とその評価",
        "市民や職員のアンケートの結果",
        "手続や窓口の件数など、現状を表す数",
    ),
)
