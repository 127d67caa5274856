"""7章 セキュリティ及び個人情報の適正な取扱いの確保."""

from planwizard.blueprint import laws, options
from planwizard.blueprint.kinds import (
    Choice,
    Day,
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
    YesNo,
)

RULES = FieldSet(
    "守る法令と方針",
    (
        Reference(
            "security_laws",
            "遵守する法令",
            level=Level.REQUIRED,
            to="law",
            many=True,
            initial=laws.SECURITY,
            help="はじめから入っている法令を確かめ、足りないものを足します。",
            example="サイバーセキュリティ基本法、個人情報の保護に関する法律",
            source="手引 Ⅱ 7章",
        ),
        Rows(
            "security_ordinances",
            "市の条例・規則",
            level=Level.REQUIRED,
            row_name="条例・規則",
            help="情報セキュリティ、個人情報の法施行条例、文書管理などの決まりを書きます。",
            example="○○市個人情報の保護に関する法律施行条例",
            source="手引 Ⅱ 7章",
            columns=(
                Line("title", "条例・規則の名", level=Level.REQUIRED),
                Line("number", "番号", max_chars=60),
                Line("url", "URL", max_chars=500, format="url"),
            ),
        ),
        Group(
            "cyber_policy",
            "サイバーセキュリティの方針",
            level=Level.REQUIRED,
            help="地方自治法により定めて公表する方針です。既にある基本方針を充てても構いません。まだ無いときは、"
            "「方針の有無」で「まだ無い（策定予定）」を選び、方針の名に、予定する名と時期を書きます。策定日と"
            "公表ページURLは、定めて公表してから入れます。",
            example="ある／○○市サイバーセキュリティ基本方針／令和8年3月2日／https://www.example.lg.jp/security",
            source="地方自治法",
            fields=(
                YesNo(
                    "is_planned",
                    "方針の有無",
                    level=Level.REQUIRED,
                    waived_by="adopted_on",
                    yes="まだ無い（策定予定）",
                    no="ある",
                ),
                Line("title", "方針の名", level=Level.REQUIRED),
                Day(
                    "adopted_on",
                    "策定日",
                    level=Level.REQUIRED,
                    condition="方針がある場合だけ",
                    waived_by="is_planned",
                ),
                Line(
                    "published_url",
                    "公表ページURL",
                    level=Level.REQUIRED,
                    condition="方針がある場合だけ",
                    waived_by="is_planned",
                    max_chars=500,
                    format="url",
                ),
                YesNo("integrated", "既存の方針との関係", yes="既存の基本方針を充てる", no="新たに定める"),
            ),
        ),
        Group(
            "security_policy",
            "情報セキュリティポリシー",
            level=Level.REQUIRED,
            help="いまの版と、改めた日を書きます。分からないときは、情報システムの担当に聞いてください。",
            example="第5版／令和8年3月2日",
            source="実例",
            fields=(
                Line("version", "版", level=Level.REQUIRED, max_chars=60),
                Day("revised_on", "改訂日", level=Level.REQUIRED),
            ),
        ),
    ),
)

PRIVACY = FieldSet(
    "個人情報の扱い",
    (
        Text(
            "privacy_policy",
            "個人情報の扱い",
            level=Level.REQUIRED,
            prints=Prints.BODY,
            help="取得、利用目的、委託、第三者への提供、安全管理について書きます。",
            example="目的外の利用をせず、委託先は契約で監査できるようにする。",
            source="手引 Ⅱ 7章",
        ),
        Rows(
            "pia",
            "特定個人情報の保護評価",
            level=Level.RECOMMENDED,
            row_name="事務",
            help="マイナンバーを使う事務について書きます。",
            example="児童手当／重点項目評価／令和7年9月1日",
            source="提案",
            columns=(
                Line("business", "事務", level=Level.REQUIRED),
                Choice("level", "評価の種類", level=Level.REQUIRED, options=options.PIA_LEVELS),
                Day("published_on", "公表日"),
            ),
        ),
        Text(
            "anonymized",
            "匿名・統計への加工",
            prints=Prints.BODY,
            help="加工した情報を外に出すかどうかと、その基準を書きます。",
            example="行政機関等匿名加工情報は提案募集の対象とする。",
            source="実例",
        ),
        Text(
            "ai_policy",
            "生成AIの利用",
            level=Level.RECOMMENDED,
            prints=Prints.BODY,
            help="利用の決まりがあるかと、入れてはならない情報を書きます。",
            example="利用要領を令和7年度に定め、個人情報は入力しない。",
            source="提案",
        ),
        Text(
            "transparency",
            "住民への説明",
            prints=Prints.BODY,
            help="データの使い方の公表と、問い合わせ先を書きます。",
            example="データの利用状況を毎年度公表する。",
            source="提案",
        ),
    ),
)

OPERATION = FieldSet(
    "日々の備え",
    (
        Rows(
            "security_training",
            "職員研修・訓練",
            level=Level.RECOMMENDED,
            row_name="研修・訓練",
            help="対象と回数を書きます。",
            example="全職員／年1回",
            source="実例",
            columns=(
                Line("target", "対象・内容", level=Level.REQUIRED),
                Line("frequency", "頻度", level=Level.REQUIRED, max_chars=60),
            ),
        ),
        Text(
            "incident_response",
            "事故への備え",
            level=Level.RECOMMENDED,
            prints=Prints.BODY,
            help="連絡の体制、復旧、住民への知らせ方を書きます。",
            example="連絡網と紙の様式を各課に置き、年1回訓練する。",
            source="実例",
        ),
        Rows(
            "security_audit",
            "監査・点検",
            level=Level.RECOMMENDED,
            row_name="監査・点検",
            help="内部と外部の別と、頻度を書きます。",
            example="外部監査／隔年",
            source="実例",
            columns=(
                Line("kind", "種類", level=Level.REQUIRED, max_chars=60),
                Line("frequency", "頻度", level=Level.REQUIRED, max_chars=60),
            ),
        ),
        Text(
            "outsourcing",
            "委託・クラウド",
            level=Level.RECOMMENDED,
            prints=Prints.BODY,
            help="データを置く場所、再委託、終わったときの消去について書きます。",
            example="国内のリージョンに限り、契約の終わりに消去の証明を受ける。",
            source="実例",
        ),
    ),
)

BODY = FieldSet(
    "本文",
    (
        Prose(
            "ch7_text",
            "本文",
            level=Level.REQUIRED,
            max_chars=800,
            help="上の項目から文案を作り、手で直します。300〜800字が目安です。",
            example="本市は、法令と市の条例を守り……",
            source="手引 Ⅱ 7章",
        ),
    ),
)

SHEET = Sheet(
    "ch7",
    "セキュリティ及び個人情報の適正な取扱いの確保",
    "chapter",
    (RULES, PRIVACY, OPERATION, BODY),
    guide="法令と市の条例などを守り、適切に進めることを書きます。統括責任者は、4章の「CISO」を書くと、そこから入ります（「CISO」は推奨の欄で、まず小さく作る画面には出ません。あとからでも書けます）。",
    pitfall="サイバーセキュリティの方針は、定めるだけでなく公表まで求められます。名・策定日・公表先を確かめてください。",
    at_hand=(
        "情報セキュリティポリシー（版と改定日）",
        "サイバーセキュリティの方針（名、策定日、公表先）",
        "個人情報の取扱いの規程",
    ),
)
