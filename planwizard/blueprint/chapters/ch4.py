"""4章 推進体制: who leads, who meets how often, how the plan is reviewed."""

from planwizard.blueprint.kinds import (
    FieldSet,
    Group,
    Level,
    Line,
    Number,
    Prints,
    Prose,
    Reference,
    Rows,
    Sheet,
    Text,
    Upload,
    Year,
    YesNo,
)

LEADERS = FieldSet(
    "責任者",
    (
        Line(
            "head_title",
            "推進責任者",
            level=Level.REQUIRED,
            max_chars=60,
            help="役職名を書きます。",
            example="市長（推進本部長）",
            source="手引 Ⅱ 4章",
        ),
        Line(
            "head_name",
            "推進責任者の氏名",
            max_chars=60,
            help="人事異動で古くなるので、書かなくて構いません。",
            example="（省略）",
            source="提案",
        ),
        Line(
            "cio_title",
            "CIO",
            level=Level.REQUIRED,
            max_chars=60,
            help="最高情報統括責任者の役職名です。",
            example="副市長",
            source="実例",
        ),
        Line(
            "cio_advisor",
            "CIO補佐官",
            max_chars=100,
            help="外部の人材なら、任用の形も書きます。",
            example="会計年度任用の民間人材（週2日）",
            source="実例",
        ),
        Line(
            "ciso_title",
            "CISO",
            level=Level.RECOMMENDED,
            max_chars=60,
            help="最高情報セキュリティ責任者の役職名です。7章にも出ます。",
            example="総合政策部長",
            source="実例",
        ),
        Line(
            "caio_title",
            "AI統括責任者",
            max_chars=60,
            help="置く場合に、役職名を書きます。",
            example="総合政策部長が兼ねる",
            source="提案",
        ),
        Reference(
            "secretariat",
            "事務局",
            level=Level.REQUIRED,
            to="department",
            help="計画全体をまとめる課を選びます。",
            example="デジタル推進課",
            source="手引 Ⅱ 4章",
        ),
    ),
)

INSIDE = FieldSet(
    "庁内の体制",
    (
        Group(
            "internal_org",
            "庁内推進組織",
            level=Level.REQUIRED,
            help="庁内を横断する組織が要件です。構成員に2つ以上の部局を入れ、会議の回数（年1回以上）と時期も書きます。まだ無いときは、"
            "庁議など既にある会議を充てるか、これから置く会議の名を「（仮称）○○市デジタル推進会議」のように書き、"
            "長、構成員、回数は予定で書きます。",
            example="○○市デジタル推進本部／設置要綱（令和3年訓令第5号）／市長／各部長／3回／6・11・2月",
            source="種文書 運用体制",
            fields=(
                Line("name", "組織の名", level=Level.REQUIRED, max_chars=60),
                Line("basis", "設置の根拠"),
                Line("chair", "長", level=Level.REQUIRED, max_chars=60),
                Rows(
                    "members",
                    "構成員",
                    level=Level.REQUIRED,
                    row_name="構成員",
                    help="部局か役職を1行に1つずつ書きます。",
                    example="総合政策部長",
                    columns=(Line("name", "部局・役職", level=Level.REQUIRED, max_chars=60),),
                ),
                Number("meetings_per_year", "年間の会議回数", level=Level.REQUIRED, unit="回", minimum="0"),
                Line(
                    "meeting_months",
                    "会議の時期",
                    level=Level.RECOMMENDED,
                    max_chars=60,
                    example="6月、11月、2月",
                ),
            ),
        ),
        Rows(
            "working_groups",
            "作業部会",
            row_name="部会",
            help="若手や係長級の部会があれば書きます。",
            example="窓口改革部会／申請のオンライン化／市民課・税務課の係長",
            source="実例",
            columns=(
                Line("name", "部会", level=Level.REQUIRED, max_chars=60),
                Line("theme", "テーマ"),
                Line("members", "構成員"),
            ),
        ),
        Group(
            "dept_promoters",
            "各課の推進員",
            level=Level.RECOMMENDED,
            help="課に1人置く市町村が多くあります。4月に替わることも考えて役割を決めます。",
            example="置く／32人／課の業務の見直しと研修の取次ぎ",
            source="実例",
            fields=(
                YesNo("exists", "推進員", level=Level.RECOMMENDED, yes="置く", no="置かない"),
                Number("count", "人数", unit="人", minimum="0"),
                Text("role", "役割"),
            ),
        ),
        Rows(
            "hr_policy",
            "人材の確保・育成",
            level=Level.RECOMMENDED,
            row_name="取組",
            help="研修などの対象と内容を書きます。",
            example="全職員／eラーニング年1回／令和9年度",
            source="種文書 施策の記述の要素",
            columns=(
                Line("target", "対象", level=Level.REQUIRED),
                Line("program", "内容", level=Level.REQUIRED),
                Year("fy", "年度"),
            ),
        ),
        Text(
            "budget_policy",
            "財政の考え方",
            level=Level.RECOMMENDED,
            prints=Prints.BODY,
            help="総額を示すか、毎年度の予算によるかを書きます。国の交付金の活用にも触れます。",
            example="事業費は毎年度の予算による。交付金と地方債を活用する。",
            source="提案",
        ),
    ),
)

OUTSIDE = FieldSet(
    "外部との関わり",
    (
        Group(
            "external_body",
            "外部有識者",
            level=Level.RECOMMENDED,
            help="構成は分野だけで足ります。委員の名簿は資料編に載せます。",
            example="デジタル推進懇談会／学識2・商工1・福祉1・公募2／年2回／要綱による懇談会",
            source="実例",
            fields=(
                Line("name", "会議の名", level=Level.RECOMMENDED, max_chars=60),
                Line("members", "委員の分野"),
                Number("meetings_per_year", "年間の会議回数", unit="回", minimum="0"),
                Line("legal_type", "位置付け", max_chars=60),
            ),
        ),
        Rows(
            "citizen_participation",
            "住民の関わり",
            level=Level.RECOMMENDED,
            row_name="方法",
            help="パブリックコメント、アンケート、ワークショップなどです。",
            example="パブリックコメント／令和9年1月",
            source="実例",
            columns=(
                Line("method", "方法", level=Level.REQUIRED),
                Line("timing", "時期", max_chars=60),
            ),
        ),
        Rows(
            "partnerships",
            "民間・NPO・大学との連携",
            level=Level.RECOMMENDED,
            row_name="連携",
            help="地域の課題を住民やNPOが自ら解決することの裏付けになります。",
            example="○○大学／データ活用講座",
            source="種文書 期待される効果",
            columns=(
                Line("partner", "相手", level=Level.REQUIRED),
                Line("content", "内容"),
            ),
        ),
        Rows(
            "joint_efforts",
            "県・近隣との共同",
            row_name="取組",
            help="共同調達や広域連携があれば書きます。",
            example="県の電子申請共同利用／県内の市町村で共同調達",
            source="実例",
            columns=(
                Line("name", "取組", level=Level.REQUIRED),
                Line("content", "内容"),
            ),
        ),
    ),
)

REVIEW = FieldSet(
    "進行管理と公表",
    (
        Group(
            "pdca",
            "PDCAの方法",
            level=Level.REQUIRED,
            help="だれが、いつ、何を見て、どこに公表するかを書きます。実績のデータを何に使うかも書きます。",
            example="毎年6月／事務局がまとめ推進本部が評価する／実績値を翌年度の予算編成に使う／公表する／懇談会",
            source="種文書 施策の記述の要素",
            fields=(
                Line("frequency", "頻度・時期", level=Level.REQUIRED, max_chars=100),
                Line("actor", "行う者", level=Level.REQUIRED),
                Text("data_use", "実績データの使い方", level=Level.REQUIRED),
                YesNo(
                    "published",
                    "結果の公表",
                    level=Level.REQUIRED,
                    yes="公表する",
                    no="公表しない",
                ),
                Line("reviewer", "意見を述べる者"),
            ),
        ),
        Rows(
            "evaluation_scale",
            "評価の段階",
            level=Level.REQUIRED,
            row_name="段階",
            help="標準の4段階を入れてあります。自市の決まりに合わせて直してください。",
            example="A／予定より進む／目標を上回った",
            source="実例",
            columns=(
                Line("code", "記号", level=Level.REQUIRED, max_chars=10),
                Line("label", "段階", level=Level.REQUIRED, max_chars=40),
                Text("rule", "判断の決まり"),
            ),
            initial=(
                {"code": "A", "label": "予定より進む"},
                {"code": "B", "label": "予定どおり"},
                {"code": "C", "label": "遅れ"},
                {"code": "D", "label": "評価できない"},
            ),
        ),
        Text(
            "update_policy",
            "改定時の速やかな更新",
            level=Level.REQUIRED,
            prints=Prints.BODY,
            help="改定の決裁から公表までの日数と、担当する課を書きます。",
            example="改定の決裁から10日以内に、デジタル推進課が市のウェブサイトを更新する。",
            source="法9条4項",
        ),
    ),
)

BODY = FieldSet(
    "本文と体制図",
    (
        Prose(
            "ch4_text",
            "本文",
            level=Level.REQUIRED,
            max_chars=4000,
            help="上の項目から文案を作り、手で直します。",
            example="本計画は、市長を本部長とする推進本部が……",
            source="手引 Ⅱ 4章",
        ),
        Upload(
            "ch4_diagram",
            "体制図",
            level=Level.REQUIRED,
            is_drawn=True,
            help="上の入力から自動で描きます。自分で作った図があれば、差し替えられます。",
            example="（図）",
            source="実例",
        ),
    ),
)

SHEET = Sheet(
    "ch4",
    "○○市官民データ活用推進計画の推進体制",
    "chapter",
    (LEADERS, INSIDE, OUTSIDE, REVIEW, BODY),
    guide="だれが責任者か、庁内をまたぐ体制、外部の意見、進め方（PDCA）、問い合わせ先を書きます。問い合わせ先は基本情報から入ります。",
    pitfall="図だけを載せ、会議を年に何回開くかを書かない計画が多くあります。回数と時期を決めると、翌年の評価が回ります。",
    at_hand=(
        "推進組織の要綱と名簿",
        "CIO・CISOに当たる職",
        "会議の回数と時期",
        "評価の区分（A・B・Cなど）",
    ),
)
