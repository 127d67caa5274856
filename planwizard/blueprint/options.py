"""The choices of the template, named once: stored keys in English, labels as officers and readers see them."""

from planwizard.blueprint.kinds import Option


def _options(**labels: str) -> tuple[Option, ...]:
    return tuple(Option(key, label) for key, label in labels.items())


PILLARS = _options(
    online="手続オンライン化",
    open_data="オープンデータ・官民データの容易な利用",
    mynumber="マイナンバーカード",
    divide="デジタルデバイド是正",
    standard="標準化・互換性",
)

# 計画の基本情報
PLAN_TYPES = _options(
    standalone="単独の計画として作る",
    combined="ほかの計画が兼ねる",
    chapter="ほかの計画の一部の章として作る",
)
LICENSES = _options(
    cc_by="CC BY 4.0",
    public_data="公共データ利用規約",
    own="市町村の定め",
)
ERA_DISPLAYS = _options(
    wareki="和暦（令和8年度）",
    seireki="西暦（2026年度）",
    both="併記（令和8年度（2026年度））",
)

# 1章
POPULATION_SOURCES = _options(
    resident_register="住民基本台帳",
    census="国勢調査",
    estimate="推計",
)
NEEDS = _options(
    safety="安全・安心への期待",
    richness="豊かさの尺度の変化",
    sharing="所有から共有へ",
    other="その他",
)
PRIORITIES = _options(high="高", middle="中", low="低")

# 2章
DATA_SCOPES = _options(government="自治体保有情報", private="民間保有情報")
SDGS = tuple(Option(f"goal_{number}", f"目標{number}") for number in range(1, 18))

# 5章
STANCES = _options(
    act="取り組む",
    skip="見送る",
    other_plan="他計画による",
)

# 6章 共通
MEASURE_KINDS = _options(
    national="国の施策を選定",
    own="独自",
    other_municipality="他自治体の事例",
    with_prefecture="県と共同",
)
POLICY_FIELDS = _options(
    e_government="電子行政",
    health="健康・医療・介護",
    tourism="観光",
    finance="金融",
    agriculture="農林水産",
    manufacturing="ものづくり",
    infrastructure="インフラ・防災・減災等",
    mobility="移動",
    own="独自",
)
NOVELTIES = _options(
    new="新規",
    expanded="拡充",
    continued="継続",
    ending="完了予定",
)
DATA_DIRECTIONS = _options(collect="収集", publish="公開", exchange="連携")
KPI_KINDS = _options(
    output="進捗",
    outcome="効果",
    input="資源",
)
KPI_UNITS = _options(
    percent="%",
    cases="件",
    persons="人",
    procedures="手続",
    facilities="施設",
    times="回",
    businesses="業務",
    yen="円",
    thousand_yen="千円",
    minutes="分",
    hours="時間",
    days="日",
    other="その他",
)
KPI_DIRECTIONS = _options(
    up="大きいほどよい",
    down="小さいほどよい",
    keep="維持",
)
KPI_CUMULATIVES = _options(
    cumulative="累計",
    yearly="年度値",
    point="時点",
)
SCHEDULE_STATUSES = _options(
    study="検討",
    prepare="準備",
    trial="試行",
    act="実施",
    ongoing="継続",
    complete="完了",
)
QUARTERS = _options(
    q1="4〜6月",
    q2="7〜9月",
    q3="10〜12月",
    q4="1〜3月",
)
BUDGET_KINDS = _options(initial="初期", operating="運用")
BUDGET_STATUSES = _options(
    requesting="要求中",
    notified="内示",
    appropriated="計上",
    undecided="未定",
)
NEXT_STEPS = _options(
    expand="拡充",
    keep="継続",
    revise="見直し",
    complete="完了",
    stop="中止",
)

# 6章 五つの区分
PROCEDURE_METHODS = _options(
    counter="窓口",
    post="郵送",
    online="オンライン",
)
PLATFORMS = _options(
    myna_portal="マイナポータル",
    e_application="電子申請サービス",
    own="独自のシステム",
    shared_prefecture="県との共同利用",
    counter_saas="窓口DXSaaS",
)
END_TO_END = _options(
    complete="来庁せず完結",
    partial="一部は来庁が必要",
    booking_only="予約のみ",
    at_counter="窓口で行う",
)
DATASET_CATEGORIES = _options(standard="自治体標準", own="独自")
DATASET_FORMATS = _options(csv="CSV", api="API", rdf="RDF", pdf="PDF")
PUBLICATION_POLICIES = _options(open_by_default="原則公開", selected="選んで公開")
DATA_LICENSES = _options(
    cc_by="CC BY 4.0",
    cc0="CC0",
    public_data="公共データ利用規約",
)
DIVIDE_TARGETS = _options(
    elderly="高齢者",
    disabled="障害者",
    foreign="外国人",
    parents="子育て世帯",
    low_income="低所得",
    remote="過疎・離島",
    business="事業者",
)
A11Y_TARGETS = _options(
    jis_a="JIS A",
    jis_aa="JIS AA",
    partial="一部準拠",
)
SYSTEM_STATES = _options(
    migrated="移行済み",
    migrating="移行中",
    waiting="未移行",
)
CLOUDS = _options(
    government="ガバメントクラウド",
    private="民間クラウド",
    on_premises="庁内",
)

# 7章
PIA_LEVELS = _options(
    full="全項目評価",
    priority="重点項目評価",
    basic="基礎項目評価",
)

# 資料編
COMMENT_METHODS = _options(
    web_form="ウェブのフォーム",
    email="電子メール",
    post="郵送",
    fax="ファクシミリ",
    in_person="窓口への持参",
    other="その他",
)
OPINION_KINDS = _options(
    question="質問",
    request="要望",
    proposal="提案",
)
OPINION_HANDLINGS = _options(
    revised="案を修正",
    reference="今後の参考",
    included="盛り込み済み",
    other="その他",
)
