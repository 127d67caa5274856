"""5章 施策の基本的な方針: what the town thinks about each of the five pillars."""

from planwizard.blueprint import options
from planwizard.blueprint.kinds import (
    AnyField,
    Choice,
    FieldSet,
    Group,
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
    YesNo,
)

_EXAMPLES = {
    "online": "原則すべての申請をネットでできるようにする。残る手続は理由を公表する。",
    "open_data": "避難所と公共施設のデータから公開し、更新する課と時期を決める。",
    "mynumber": "カードを使える場面を増やし、更新の手続は地区へ出向いても受け付ける。",
    "divide": "使い方を相談できる場を各地区に置き、電話と紙の受付も続ける。",
    "standard": "標準に合わせて業務の流れと帳票を見直し、独自の改修をやめる。",
}


def _policy(pillar: str) -> tuple[AnyField, ...]:
    return (
        Choice("stance", "扱い", level=Level.REQUIRED, options=options.STANCES),
        Text(
            "text",
            "方針",
            level=Level.CONDITIONAL,
            condition="取り組む場合だけ",
            required_when=When("stance", ("act",)),
            prints=Prints.BODY,
            help="150〜300字が目安です。国の文を写さず、市の言葉で書きます。",
            example=_EXAMPLES[pillar],
        ),
        YesNo("priority", "力を入れる柱", yes="力を入れる", no="通常"),
        Text(
            "skip_reason",
            "見送る理由",
            level=Level.CONDITIONAL,
            condition="見送る場合だけ",
            required_when=When("stance", ("skip",)),
            help="柱を絞るときは、理由を添えると親切です。",
        ),
    )


OVERALL = FieldSet(
    "方針の総括",
    (
        Prose(
            "policy_overall",
            "基本方針の総括",
            level=Level.RECOMMENDED,
            prints=Prints.BODY,
            max_chars=800,
            help="どの柱に力を入れるかを、200字ほどで書きます。",
            example="第1に来庁しない手続、第2に公開データの質に力を入れる。",
            source="手引 Ⅱ 5章",
        ),
    ),
)

PILLARS = FieldSet(
    "五つの柱の方針",
    (
        Group(
            "pillar_policy",
            "柱の方針",
            level=Level.REQUIRED,
            help="五つの柱それぞれについて、取り組むか、見送るか、他の計画によるかを選びます。取り組む柱は"
            "「方針」に考え方を、見送る柱は「見送る理由」に理由を書きます。",
            example="手続オンライン化／取り組む／原則すべての申請をネットでできるようにする。",
            source="手引 Ⅱ 5章",
            fields=tuple(
                Group(pillar.key, pillar.label, level=Level.REQUIRED, fields=_policy(pillar.key))
                for pillar in options.PILLARS
            ),
        ),
        Reference(
            "pillar_national_refs",
            "国の施策との関係",
            level=Level.RECOMMENDED,
            to="national_measure",
            many=True,
            help="柱ごとに参照する国の施策を選びます。",
            example="（国の施策の一覧から選ぶ）",
            source="手引 Ⅰ 7",
        ),
        Reference(
            "key_measures",
            "重点施策",
            level=Level.RECOMMENDED,
            to="measure",
            many=True,
            help="6章の施策から3〜5件を選びます。",
            example="6-①-01、6-②-02、6-⑤-01",
            source="実例",
        ),
    ),
)

MEANS = FieldSet(
    "環境と対策",
    (
        Text(
            "policy_tech_env",
            "技術的環境の形成",
            level=Level.RECOMMENDED,
            prints=Prints.BODY,
            help="端末・網・クラウド・データ基盤についての考え方を書きます。",
            example="標準準拠システムとガバメントクラウドへの移行を完了し、庁内データ基盤を整える。",
            source="種文書 施策の記述の要素",
        ),
        Text(
            "policy_enablers",
            "実現のための対策",
            level=Level.RECOMMENDED,
            prints=Prints.BODY,
            help="制度・人材・財源・周知についての考え方を書きます。",
            example="条例の書面規制の点検、研修、交付金の活用、周知を進める。",
            source="種文書 施策の記述の要素",
        ),
        Rows(
            "own_priorities",
            "独自の重点",
            row_name="重点",
            help="五つの柱に収まらない、市の重点を書きます。",
            example="海辺の避難支援データ／津波の避難に使うデータを地域と整える",
            source="実例",
            columns=(
                Line("title", "重点", level=Level.REQUIRED, max_chars=60),
                Text("description", "説明"),
            ),
        ),
    ),
)

SCHEDULE = FieldSet(
    "計画全体の工程表",
    (
        Upload(
            "schedule_diagram",
            "工程表（全施策の年度別の表）",
            level=Level.RECOMMENDED,
            is_drawn=True,
            help="施策シートの工程の年度から自動で作ります。自分で作った図があれば、図の中の言葉を画像の説明に書いて、差し替えられます。",
            example="（図）",
            source="提案",
        ),
    ),
)

BODY = FieldSet(
    "本文",
    (
        Prose(
            "ch5_text",
            "本文",
            level=Level.REQUIRED,
            max_chars=2000,
            help="上の項目から文案を作り、手で直します。600〜2,000字が目安です。",
            example="本市は、五つの柱のうち……",
            source="手引 Ⅱ 5章",
        ),
    ),
)

SHEET = Sheet(
    "ch5",
    "官民データ活用の推進に関する施策の基本的な方針",
    "chapter",
    (OVERALL, PILLARS, MEANS, SCHEDULE, BODY),
    guide="五つの柱それぞれの考え方を書きます。柱を絞っても構いません。取り組まない柱は「見送る」を選び、「見送る理由」に理由を書きます。",
    pitfall="国の計画を写すだけでは、市の方針になりません。柱ごとに、自市で何を変えるかを書いてください。",
    at_hand=(
        "施政方針や総合計画の重点",
        "五つの柱ごとに取り組むか見送るかの方針",
    ),
)
