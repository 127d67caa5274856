"""6.1–6.5: what the measures of each of the five areas are asked beyond the common sheet."""

from collections.abc import Mapping

from planwizard.blueprint import options
from planwizard.blueprint.kinds import (
    Choice,
    Choices,
    Computed,
    Day,
    FieldSet,
    Group,
    Level,
    Line,
    Number,
    Rows,
    Text,
    Year,
    YesNo,
)

PROCEDURES = FieldSet(
    "対象の手続",
    (
        Rows(
            "procedures",
            "対象手続の一覧",
            level=Level.REQUIRED,
            row_name="手続",
            help="この施策で扱う手続です。主なものだけで足ります。あとから足せます。Excelの表を貼り付けても入ります。",
            example="児童手当の認定請求／児童手当法／540件／窓口／令和10年度／マイナンバーカード",
            source="実例",
            columns=(
                Line("name", "手続", level=Level.REQUIRED),
                Line("law", "根拠法令"),
                Number("annual_count", "年間件数", unit="件", minimum="0"),
                Choice("method", "今の方法", options=options.PROCEDURE_METHODS),
                Year("online_from_fy", "オンライン化の年度"),
                Line("identity_proof", "本人確認", max_chars=60),
                Line("attachments", "添付書類"),
            ),
        ),
        Computed(
            "procedure_ratio",
            "対象手続数・割合",
            level=Level.NONE,
            help="対象手続の数を、オンライン化しない手続も足した数で割ります。オンライン化しない手続を書くと出て、文書にも載ります。",
            example="22／38手続（57.9%）",
            source="提案",
        ),
        Rows(
            "offline_procedures",
            "オンライン化しない手続と理由",
            level=Level.RECOMMENDED,
            row_name="手続",
            help="対面が法律で決まっている、件数が少ないなどの理由を書きます。公表すると住民に親切です。"
            "書くと「対象手続数・割合」が出るので、対象手続の一覧とここに、もれなく書きます。",
            example="死亡届に伴う面談／対面が必要",
            source="提案",
            columns=(
                Line("name", "手続", level=Level.REQUIRED),
                Text("reason", "理由", level=Level.REQUIRED),
            ),
        ),
    ),
)

ONLINE = FieldSet(
    "オンライン化のしかた",
    (
        Choices(
            "platform",
            "使う基盤",
            level=Level.REQUIRED,
            options=options.PLATFORMS,
            help="使うものをすべて選びます。",
            example="電子申請サービス、県との共同利用",
            source="実例",
        ),
        Choice(
            "end_to_end",
            "来庁せず完結するか",
            level=Level.REQUIRED,
            options=options.END_TO_END,
            help="デジタルファーストの裏付けになります。書かない窓口など、窓口の施策では「窓口で行う」を選びます。",
            example="来庁せず完結",
            source="種文書 期待される効果",
        ),
        Rows(
            "bundled_with",
            "ワンストップの範囲",
            level=Level.RECOMMENDED,
            row_name="手続",
            help="一度にまとめて済む手続を1行に1つずつ書きます。コネクテッド・ワンストップの裏付けになります。",
            example="水道の使用開始",
            source="種文書 期待される効果",
            columns=(Line("name", "まとめる手続", level=Level.REQUIRED),),
        ),
        Rows(
            "once_only_items",
            "再入力の省略",
            level=Level.RECOMMENDED,
            row_name="項目",
            help="二度と書かせない項目を1行に1つずつ書きます。ワンスオンリーの裏付けになります。",
            example="住所",
            source="種文書 期待される効果",
            columns=(Line("name", "省く項目", level=Level.REQUIRED),),
        ),
        Text(
            "counter_change",
            "窓口の変化",
            help="待ち時間や人員の配置がどう変わるかを書きます。",
            example="平均の待ち時間を24分から12分にする。",
            source="提案",
        ),
    ),
)

OPEN_DATA = FieldSet(
    "公開するデータ",
    (
        Rows(
            "published_datasets",
            "公開するデータ",
            level=Level.REQUIRED,
            row_name="データ",
            help="公開するだけでなく、更新の担当と周期まで決めます。",
            example="指定避難所／自治体標準／CSV／できる／CC BY 4.0／年1回／令和8年4月1日／"
            "https://www.example.lg.jp/opendata/hinanjo／防災課",
            source="法11条1項",
            columns=(
                Line("dataset_name", "データ", level=Level.REQUIRED),
                Choice("category", "区分", options=options.DATASET_CATEGORIES),
                Choice("format", "形式", level=Level.REQUIRED, options=options.DATASET_FORMATS),
                YesNo("machine_readable", "機械判読", yes="できる", no="できない"),
                Line("license", "利用条件", max_chars=60),
                Line("update_cycle", "更新の周期", level=Level.REQUIRED, max_chars=40),
                Day("last_updated", "最終更新日"),
                Line("url", "URL", max_chars=500, format="url"),
                Line("owner_department", "更新の担当", level=Level.REQUIRED, suggest="department"),
            ),
        ),
        Choice(
            "publication_policy",
            "公開方針",
            level=Level.RECOMMENDED,
            options=options.PUBLICATION_POLICIES,
            help="例外の扱いは、取組内容に書きます。",
            example="原則公開",
            source="実例",
        ),
        Choice(
            "license_policy",
            "利用条件",
            level=Level.RECOMMENDED,
            options=options.DATA_LICENSES,
            help="公開するデータに共通の利用条件です。",
            example="CC BY 4.0",
            source="実例",
        ),
        Text(
            "anonymization",
            "個人情報の除き方",
            level=Level.RECOMMENDED,
            help="匿名への加工や、数の丸めについて書きます。",
            example="10件未満の数は公開しない。",
            source="実例",
        ),
        Line(
            "data_contact",
            "公開の窓口",
            level=Level.RECOMMENDED,
            max_chars=100,
            help="データの誤りの知らせを受ける先を書きます。",
            example="デジタル推進課",
            source="提案",
        ),
    ),
)

DATA_USE = FieldSet(
    "データの活用",
    (
        Rows(
            "civic_use",
            "住民・NPOの活用支援",
            level=Level.REQUIRED,
            row_name="取組",
            help="公開したデータを、地域の人が課題の解決に使えるように助ける取組です。",
            example="データ活用講座／令和9年度／高校・NPO",
            source="種文書 期待される効果",
            columns=(
                Line("program", "取組", level=Level.REQUIRED),
                Year("fy", "年度"),
                Line("target", "対象"),
            ),
        ),
        Rows(
            "private_data_use",
            "民間データの利用",
            row_name="データ",
            help="事業者などのデータを使う場合に書きます。",
            example="人流統計／通信事業者／観光の分析",
            source="種文書 対象",
            columns=(
                Line("data", "データ", level=Level.REQUIRED),
                Line("holder", "持ち主"),
                Line("purpose", "目的"),
            ),
        ),
        Rows(
            "ebpm_cases",
            "EBPMの業務",
            level=Level.RECOMMENDED,
            row_name="業務",
            help="何を決めるのに、どのデータを使うかを書きます。",
            example="通学路の見直し／交通事故のデータ／対策する箇所の順",
            source="種文書 目的",
            columns=(
                Line("policy", "業務・政策", level=Level.REQUIRED),
                Line("data", "使うデータ"),
                Line("decision", "決めること"),
            ),
        ),
    ),
)

CARD = FieldSet(
    "マイナンバーカード",
    (
        Rows(
            "card_holding",
            "保有枚数・率",
            level=Level.REQUIRED,
            row_name="時点",
            help="交付率ではなく、保有枚数と保有率を書きます。1章の指標に保有率を書いたときは、同じ値で足ります。",
            example="令和8年9月30日／66,772枚／79.2%",
            source="実例",
            columns=(
                Day("as_of", "時点", level=Level.REQUIRED),
                Number("count", "保有枚数", level=Level.REQUIRED, unit="枚", minimum="0"),
                Number("rate", "保有率", level=Level.REQUIRED, unit="%", decimals=1, minimum="0"),
            ),
        ),
        Rows(
            "card_support",
            "取得支援",
            level=Level.RECOMMENDED,
            row_name="支援",
            help="出張申請や、施設・学校での支援を書きます。",
            example="出張申請／高齢者施設／月4回",
            source="実例",
            columns=(
                Line("method", "方法", level=Level.REQUIRED),
                Line("place", "場所"),
                Line("frequency", "頻度", max_chars=60),
            ),
        ),
        Rows(
            "card_uses",
            "利用場面",
            level=Level.REQUIRED,
            row_name="場面",
            help="カードを持つだけでなく、使う場面を書きます。今使えるものも、これから使えるようにするものも書けます。",
            example="図書館の利用／令和10年度から／1,500人",
            source="実例",
            columns=(
                Line("service", "サービス", level=Level.REQUIRED),
                Year("from_fy", "開始の年度"),
                Number("users_target", "利用者の目標", unit="人", minimum="0"),
            ),
        ),
        Group(
            "convenience_issue",
            "コンビニ交付",
            level=Level.RECOMMENDED,
            help="交付できる証明と、手数料、件数を書きます。",
            example="住民票の写しなど5種／250円／21,000通",
            source="実例",
            fields=(
                Rows(
                    "certs",
                    "交付できる証明",
                    level=Level.RECOMMENDED,
                    row_name="証明",
                    columns=(Line("name", "証明", level=Level.REQUIRED, max_chars=60),),
                ),
                Number("fee", "手数料", unit="円", minimum="0"),
                Number("annual_count", "年間通数", unit="通", minimum="0"),
                Number("ratio", "交付に占める割合", unit="%", decimals=1, minimum="0"),
            ),
        ),
        Text(
            "cert_renewal",
            "電子証明書の更新支援",
            help="更新の時期が重なる年度の備えを書きます。",
            example="令和9年度に約9,000件の更新がある。支所に臨時の窓口を置く。",
            source="実例",
        ),
    ),
)

DIVIDE = FieldSet(
    "格差の是正",
    (
        Choices(
            "divide_targets",
            "対象者",
            level=Level.REQUIRED,
            options=options.DIVIDE_TARGETS,
            help="当てはまるものをすべて選びます。",
            example="高齢者、障害者",
            source="法14条",
        ),
        Rows(
            "support_places",
            "支援の場",
            level=Level.REQUIRED,
            row_name="場",
            help="支援をする場所を、1行に1か所ずつ書きます。",
            example="6公民館／月2回／デジタル推進委員12人",
            source="実例",
            columns=(
                Line("place", "場所", level=Level.REQUIRED),
                Line("frequency", "頻度", max_chars=60),
                Line("staff", "担い手"),
            ),
        ),
        Text(
            "alternatives",
            "代替手段",
            level=Level.RECOMMENDED,
            help="オンラインを使えない人を残さないための手段を書きます。",
            example="電話での代理入力を続ける。",
            source="提案",
        ),
        Choice(
            "a11y_target",
            "ウェブの到達基準",
            level=Level.RECOMMENDED,
            options=options.A11Y_TARGETS,
            help="市のウェブサイトが目指す JIS X 8341-3 の基準です。公表した試験の結果があれば、取組内容にURLを書きます。",
            example="JIS AA",
            source="実例",
        ),
        Rows(
            "network_gap",
            "通信環境",
            row_name="地域",
            help="電波の届きにくい地域、学校、避難所などについて書きます。",
            example="東丘陵の2集落／携帯の不感／令和11年度に基地局",
            source="実例",
            columns=(
                Line("area", "地域", level=Level.REQUIRED),
                Line("problem", "課題"),
                Line("plan", "予定"),
            ),
        ),
    ),
)

SYSTEMS = FieldSet(
    "標準化するシステム",
    (
        Rows(
            "systems",
            "対象システム",
            level=Level.REQUIRED,
            row_name="システム",
            help="基幹20業務のどれが終わり、どれが残るかを書きます。まだ終わっていないものだけで足ります。"
            "すべて終わったときは、「基幹20業務のシステム」のように1行にまとめて構いません。",
            example="児童手当システム／児童手当／□□システム株式会社／未移行／児童手当の標準仕様書／令和10年度／該当",
            source="実例",
            columns=(
                Line("name", "システム", level=Level.REQUIRED),
                Line(
                    "business",
                    "業務",
                    level=Level.RECOMMENDED,
                    max_chars=60,
                    help="基幹20業務のどれかを書きます。ほかのシステムでは空欄にします。移行の進みはここで数えます。",
                ),
                Line("vendor", "事業者"),
                Choice("current", "今の状態", level=Level.REQUIRED, options=options.SYSTEM_STATES),
                Line("target_standard", "合わせる標準"),
                Year("migration_fy", "移行の年度"),
                YesNo("special_support", "特定移行支援システム", yes="該当", no="非該当"),
            ),
        ),
        Computed(
            "migration_progress",
            "移行の進み",
            level=Level.NONE,
            help="移行済みの業務の数を、基幹業務の数（20）と並べます。20業務のすべてを対象システムに書くと出ます。",
            example="17／20業務",
            source="実例",
        ),
        Text(
            "standard_conformance",
            "標準への適合",
            level=Level.RECOMMENDED,
            help="標準仕様書の版、文字、連携について書きます。",
            example="標準仕様書第○版に合わせる。",
            source="実例",
        ),
        Choices(
            "cloud",
            "クラウド利用",
            level=Level.RECOMMENDED,
            options=options.CLOUDS,
            help="使うものをすべて選びます。",
            example="ガバメントクラウド",
            source="実例",
        ),
        Line(
            "joint_procurement",
            "共同利用",
            help="県や広域で一緒に調達するものがあれば書きます。",
            example="県域3市町で共同",
            source="実例",
        ),
    ),
)

EFFICIENCY = FieldSet(
    "経費と業務の見直し",
    (
        Rows(
            "operating_cost",
            "運用経費",
            level=Level.RECOMMENDED,
            row_name="年度",
            help="移行の前と後を比べられるように書きます。単位は千円です。",
            example="令和7年度 212,000千円、令和13年度 180,000千円",
            source="種文書 期待される効果",
            columns=(
                Year("fy", "年度", level=Level.REQUIRED),
                Number("amount", "運用経費", level=Level.REQUIRED, unit="千円", minimum="0"),
            ),
        ),
        Rows(
            "interoperability",
            "データの互換性",
            level=Level.RECOMMENDED,
            row_name="データ",
            help="他の課、県、民間と渡し合うときの形式を書きます。",
            example="住所／アドレス・ベース・レジストリ／API",
            source="法15条2項",
            columns=(
                Line("data", "データ", level=Level.REQUIRED),
                Line("standard", "標準"),
                Line("api", "渡し方"),
            ),
        ),
        Rows(
            "bpr",
            "業務の見直し",
            level=Level.RECOMMENDED,
            row_name="業務",
            help="システムに合わせて変える業務を、前と後が分かるように書きます。",
            example="通知の発送／手作業／自動／600時間",
            source="法15条1項",
            columns=(
                Line("business", "業務", level=Level.REQUIRED),
                Line("before", "見直し前"),
                Line("after", "見直し後"),
                Number("saved_hours", "減る時間（年）", unit="時間", minimum="0"),
            ),
        ),
    ),
)

AREA_SETS: Mapping[str, tuple[FieldSet, ...]] = {
    "online": (PROCEDURES, ONLINE),
    "open_data": (OPEN_DATA, DATA_USE),
    "mynumber": (CARD,),
    "divide": (DIVIDE,),
    "standard": (SYSTEMS, EFFICIENCY),
}
