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
    "online": "件数の多い手続から、申請、審査、結果の通知までを電子で終えられるようにする。様式を電子に写すのでなく、記入と添付を"
    "なくすところから見直す。来庁した人には、書かない窓口で同じ早さの手続を届ける。オンラインにしない手続は、件数と理由を"
    "毎年公表する。国と県の仕組みを使い、市だけの仕組みは新たに作らない。",
    "open_data": "公開の数を増やすことと、更新を続けることを同じ重さで進める。避難に使うデータを第一に整え、更新の担当課と期日を"
    "データごとに定める。公開したデータを、地域の活動と市の事業評価の双方で使い、使われた結果を次の公開に生かす。データの"
    "誤りは1つの窓口で受け、直したことを知らせる。",
    "mynumber": "持つことから使うことへ重点を移す。更新の集中に備えて支所と出張で受け付け、コンビニ交付、図書館、避難所の受付など、"
    "1枚で済む場面を増やす。窓口ではカードから住所と氏名を読み取り、書く手間を減らす。使った人の声を毎年聞き、使いにくい"
    "ところを直す。カードを持たない人の手続の道も残す。",
    "divide": "使い方を教えるだけでなく、手続を終えるところまで付き添う。支所と集会所で本庁の相談を受けられるようにし、ウェブサイトと"
    "窓口の言葉の壁を低くする。電話と対面の受付は、本計画の期間中も続ける。開いた回数でなく、自分で手続を終えられた人の数で"
    "効果を確かめ、参加の少ない地区へは出向いて開く。",
    "standard": "残る業務を標準準拠システムへ移し、その後の契約と機能を見直して経費を減らす。業務はなくす、まとめる、自動にするの順に"
    "改め、住所などの基礎のデータをそろえて、課を越えて使えるようにする。独自の改修は行わず、様式と手順を標準に合わせる。"
    "空いた時間は、相談や訪問など、人が行うべき仕事に充てる。",
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
            help="150〜300字が目安です。はじめは1、2文で足ります。国の文を写さず、市の言葉で書きます。",
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
            help="どの柱に力を入れるかを、200字ほどで書きます。はじめは1、2文で足ります。",
            example="五つの柱の全てに取り組み、手続オンライン化とデジタルデバイド是正に特に力を入れる。手続を便利にすることと、使えない"
            "人を残さないことは、どちらが欠けても市民の負担を減らさない。公開するデータは避難に使うものから整え、標準化で空いた"
            "時間は、相談や訪問など、人が行うべき仕事に充てる。",
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
            "「方針」に考え方を、見送る柱は「見送る理由」に理由を、他の計画による柱は「方針」にその計画の名を書きます。",
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
