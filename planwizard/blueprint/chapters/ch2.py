"""2章 目的: the six purposes and five expected effects of the 種文書."""

from planwizard.blueprint import options
from planwizard.blueprint.kinds import (
    Choices,
    FieldSet,
    Group,
    Level,
    Line,
    Prints,
    Prose,
    Reference,
    Sheet,
    Text,
)

_NOT_YET = "まだ取り組む施策がないときは、施策を選ばずに、今後の考えを説明に1文で書きます。"


def _effect(key: str, label: str, *, help: str, example: str, may_wait: bool = False) -> Group:
    """An expected effect: what is expected, and which measures bring it about; none do yet where that may wait."""
    level, condition = (Level.CONDITIONAL, "取り組む施策がある場合だけ") if may_wait else (Level.REQUIRED, "")
    return Group(
        key,
        label,
        level=Level.REQUIRED,
        help=help + _NOT_YET if may_wait else help,
        example=example,
        source="種文書 期待される効果",
        fields=(
            Text("description", "説明", level=Level.REQUIRED),
            Reference(
                "measure_refs", "実現する施策", level=level, condition=condition, to="measure", many=True
            ),
        ),
    )


SCOPE = FieldSet(
    "対象と目指す姿",
    (
        Choices(
            "data_scope",
            "対象とするデータ",
            level=Level.REQUIRED,
            options=options.DATA_SCOPES,
            initial=("government",),
            help="中心は自治体保有情報です。民間保有情報も含めるのが理想です。",
            example="自治体保有情報",
            source="種文書 対象",
        ),
        Line(
            "vision",
            "目指す姿",
            level=Level.RECOMMENDED,
            max_chars=40,
            help="計画の標語です。2章と概要版に出ます。暮らしがどう変わるかを、自市の言葉で書きます。",
            example="待たせない、取り残さない、データで決める潮見野",
            source="種文書 目的",
        ),
        Choices(
            "sdgs",
            "SDGsとの関係",
            options=options.SDGS,
            help="総合計画に合わせて選びます。",
            example="目標11、目標16",
            source="実例",
        ),
    ),
)

PURPOSES = FieldSet(
    "目的ごとの内容",
    (
        Text(
            "purpose_gov_data",
            "自治体保有情報の活用",
            level=Level.REQUIRED,
            prints=Prints.BODY,
            help="市が持つどの情報を、だれのために使うかを書きます。",
            example="防災・公共施設・交通の情報を機械で読める形で公開し、民間の地図や案内に使われるようにする。",
            source="種文書 目的",
        ),
        Text(
            "purpose_private_data",
            "民間保有情報の活用",
            prints=Prints.BODY,
            help="民間のデータや技術と組み合わせる点があれば書きます。無ければ空のままで構いません。",
            example="交通事業者と人の流れの統計を持ち寄り、路線の見直しに使う。",
            source="種文書 目的",
        ),
        Text(
            "purpose_workload",
            "事務負担の軽減",
            level=Level.REQUIRED,
            prints=Prints.BODY,
            help="職員と住民の、どの手間を減らすかを書きます。",
            example="転記と紙の保管をなくし、窓口の受付時間を半分にする。",
            source="種文書 目的",
        ),
        Group(
            "purpose_local_issues",
            "地域課題の解決",
            level=Level.REQUIRED,
            prints=Prints.BODY,
            help="1章の課題を選び、どう解決に近づけるかを書きます。課題は2つ以上が望ましいです。",
            example="来庁のしづらさ（I-2）と空き家（I-4）の解決に、データを役立てる。",
            source="種文書 目的",
            fields=(
                Text("description", "説明", level=Level.REQUIRED, prints=Prints.BODY),
                Reference(
                    "issue_refs",
                    "関わる課題",
                    level=Level.REQUIRED,
                    prints=Prints.BODY,
                    to="issue",
                    many=True,
                ),
            ),
        ),
        Text(
            "purpose_convenience",
            "住民・事業者の利便性向上",
            level=Level.REQUIRED,
            prints=Prints.BODY,
            help="住民と事業者の両方に触れて書きます。",
            example="引越しと子育ての手続は来庁せずに済み、入札参加資格の申請も市役所に来なくてよい。",
            source="種文書 目的",
        ),
        Text(
            "purpose_ebpm",
            "EBPMの推進",
            level=Level.REQUIRED,
            prints=Prints.BODY,
            help="統計や業務のデータを、政策にどう使うかを書きます。",
            example="事業評価に業務データを付け、翌年度の予算編成で見直す。",
            source="種文書 目的",
        ),
    ),
)

EFFECTS = FieldSet(
    "期待される効果",
    (
        Group(
            "expected_effects",
            "期待される効果",
            level=Level.REQUIRED,
            help="効果ごとに説明を書き、それを実現する6章の施策を選びます。",
            source="種文書 期待される効果",
            fields=(
                _effect(
                    "effect_civic",
                    "地域住民・NPO等の自発的な課題解決",
                    help="公開したデータを使う人を助ける取組を書きます。",
                    example="大学・町内会と年2回のデータ活用講座を開く。",
                ),
                _effect(
                    "effect_cost",
                    "行政の運用コストの削減",
                    help="標準化・共通化・紙の削減などの効果を書きます。",
                    example="運用経費を5年で15%減らす。",
                ),
                _effect(
                    "effect_digital_first",
                    "デジタルファースト",
                    help="手続が、初めから終わりまで電子で完結することです。",
                    example="申請は初めからネットで行う。",
                    may_wait=True,
                ),
                _effect(
                    "effect_one_stop",
                    "コネクテッド・ワンストップ",
                    help="民間の手続も含め、複数の手続を一度で済ませることです。",
                    example="引越しと水道・ごみの案内を一度に行う。",
                    may_wait=True,
                ),
                _effect(
                    "effect_once_only",
                    "ワンスオンリー",
                    help="一度出した情報を、二度求めないことです。",
                    example="申請書の住所・氏名を自動で入れる。",
                    may_wait=True,
                ),
            ),
        ),
    ),
)

BODY = FieldSet(
    "本文",
    (
        Prose(
            "ch2_text",
            "本文",
            level=Level.REQUIRED,
            max_chars=900,
            help="上の項目から文案を作り、手で直します。300〜900字が目安です。",
            example="本計画は、市が保有する情報を住民と事業者のために役立て……",
            source="手引 Ⅱ 2章",
        ),
    ),
)

SHEET = Sheet(
    "ch2",
    "○○市官民データ活用推進計画の目的",
    "chapter",
    (SCOPE, PURPOSES, EFFECTS, BODY),
    guide="なぜこの計画を作るのかを書きます。目的の要素ごとに自市の事情を一言書き、文案を作ってから手で直します。",
    pitfall="目的を並べるだけでは伝わりません。どの効果をどの施策で実現するかまで結び付けてください。",
    at_hand=(
        "総合計画の基本目標",
        "1章で挙げた課題の一覧",
    ),
)
