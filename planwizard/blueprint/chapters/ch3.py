"""3章 位置付け: the act, the plans above and beside this one, the scope."""

from planwizard.blueprint import laws
from planwizard.blueprint.kinds import (
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
    Upload,
    When,
    YesNo,
)

LEGAL = FieldSet(
    "法との関係",
    (
        Reference(
            "legal_basis",
            "根拠法条",
            level=Level.REQUIRED,
            to="law",
            many=True,
            initial=laws.PLAN_BASIS,
            help="はじめから入っている法9条3項のままで、変えることはまずありません。",
            example="官民データ活用推進基本法（平成28年法律第103号）第9条第3項",
            source="法9条3項",
        ),
        Text(
            "combined_statement",
            "兼ねる旨",
            level=Level.CONDITIONAL,
            prints=Prints.BODY,
            condition="兼用の計画の場合だけ",
            required_when=When("basics:plan_type", ("combined",)),
            help="この計画がどの計画を兼ねるかを、一文で書きます。",
            example="本計画は、第9条第3項に定める市町村官民データ活用推進計画を兼ねる。",
            source="実例",
        ),
    ),
)

HIGHER = FieldSet(
    "国と県の計画",
    (
        Reference(
            "national_plan_ref",
            "即する国計画の版",
            level=Level.REQUIRED,
            to="national_document",
            among="basic_plan",
            help="国の計画は版（決定日）で選びます。一覧の中で最も新しいものを選んでください。一覧は全体管理者が入れるので、"
            "もっと新しい版を見つけたら知らせてください。一覧に入ると、「国の施策の変更」の画面で分かります。",
            example="デジタル社会の実現に向けた重点計画（2025-06-13決定）",
            source="法9条3項",
        ),
        Group(
            "prefectural_plan_ref",
            "勘案する県計画",
            level=Level.REQUIRED,
            help="「勘案」なので、県計画の文を写す必要はありません。県計画が見つからないときは、"
            "「都道府県の計画」で「見つからない」を選び、計画名は空のまま、備考に書きます。",
            example="△△県デジタル推進計画（令和○年○月）",
            source="法9条3項",
            fields=(
                YesNo(
                    "none",
                    "都道府県の計画",
                    level=Level.REQUIRED,
                    waived_by="title",
                    yes="見つからない",
                    no="ある",
                ),
                Line(
                    "title",
                    "計画名",
                    level=Level.REQUIRED,
                    condition="県計画がある場合だけ",
                    waived_by="none",
                ),
                Day("adopted_on", "策定日"),
                Line("url", "URL", max_chars=500, format="url"),
                Text(
                    "note",
                    "備考",
                    level=Level.CONDITIONAL,
                    condition="県計画が見つからない場合だけ",
                    required_when=When("none", ("yes",)),
                    help="見つからないときは、確かめた日と確かめ方を書きます。",
                ),
            ),
        ),
        Rows(
            "other_national_refs",
            "国の他の計画・方針",
            row_name="計画",
            help="自治体DX推進計画など、あわせて踏まえるものを書きます。",
            example="自治体DX推進計画（第○版）",
            source="実例",
            columns=(
                Line("title", "計画・方針", level=Level.REQUIRED),
                Day("date", "決定日"),
            ),
        ),
    ),
)

OWN = FieldSet(
    "市の計画との関係",
    (
        Rows(
            "parent_plans",
            "上位計画",
            level=Level.REQUIRED,
            row_name="計画",
            help="総合計画や総合戦略です。どの章や施策に位置付くかも書きます。",
            example="第3次○○市総合計画／令和4〜13年度／政策5-2",
            source="手引 Ⅱ 3章",
            columns=(
                Line("title", "計画名", level=Level.REQUIRED),
                Line("period", "期間", max_chars=60),
                Line("clause", "位置付く箇所"),
            ),
        ),
        Rows(
            "related_plans",
            "関連計画",
            level=Level.RECOMMENDED,
            row_name="計画",
            help="行政改革、公共施設、地域防災、地域福祉、子どもなどの計画との関係を書きます。",
            example="第4次行政改革大綱／紙の削減と連動",
            source="手引 Ⅱ 3章",
            columns=(
                Line("title", "計画名", level=Level.REQUIRED),
                Line("relation", "関係"),
            ),
        ),
        Rows(
            "superseded_plans",
            "廃止・統合する計画",
            row_name="計画",
            help="前の情報化計画など、この計画に代わるものを書きます。",
            example="第2次地域情報化計画",
            source="提案",
            columns=(Line("title", "計画名", level=Level.REQUIRED),),
        ),
        Upload(
            "position_diagram",
            "他計画との関係図",
            level=Level.RECOMMENDED,
            is_drawn=True,
            help="上の入力から自動で描きます。自分で作った図があれば、差し替えられます。",
            example="（図）",
            source="実例",
        ),
    ),
)

SCOPE = FieldSet(
    "範囲と条例",
    (
        Text(
            "scope",
            "対象とする範囲",
            level=Level.RECOMMENDED,
            prints=Prints.BODY,
            help="市長部局のほか、教育委員会・水道・消防・一部事務組合を含むかを書きます。",
            example="市長部局、教育委員会、上下水道局",
            source="提案",
        ),
        Rows(
            "ordinance_refs",
            "条例との関係",
            row_name="条例",
            help="推進条例、オープンデータの条例、情報公開条例、個人情報の法施行条例などです。無ければ空のままで構いません。",
            example="○○市デジタル活用推進条例／令和○年条例第○号",
            source="種文書 運用体制",
            columns=(
                Line("title", "条例名", level=Level.REQUIRED),
                Line("number", "番号", max_chars=60),
                Line("url", "URL", max_chars=500, format="url"),
            ),
        ),
    ),
)

PERIOD = FieldSet(
    "計画の期間",
    (
        Upload(
            "period_diagram",
            "計画期間の図（年表）",
            level=Level.RECOMMENDED,
            is_drawn=True,
            help="基本情報の計画期間と見直しの時期、上の上位計画の期間から自動で描きます。自分で作った図があれば、差し替えられます。",
            example="（図）",
            source="提案",
        ),
    ),
)

BODY = FieldSet(
    "本文",
    (
        Prose(
            "ch3_text",
            "本文",
            level=Level.REQUIRED,
            max_chars=900,
            help="上の項目から文案を作り、手で直します。400〜900字が目安です。",
            example="本計画は、官民データ活用推進基本法に基づき……",
            source="手引 Ⅱ 3章",
        ),
    ),
)

SHEET = Sheet(
    "ch3",
    "○○市官民データ活用推進計画の位置付け",
    "chapter",
    (LEGAL, HIGHER, OWN, SCOPE, PERIOD, BODY),
    guide="根拠となる法、国・県の計画との関係、市の上位計画・関連計画との関係、計画の期間を書きます。期間は基本情報から入り、年表も自動で描きます。",
    pitfall="国の計画は毎年のように改まります。名だけでなく、どの版に即したかを残してください。",
    at_hand=(
        "総合計画と関連する計画の名と期間",
        "都道府県の官民データ活用推進計画",
        "国の計画（どの版に即すか）",
        "関係する条例や規則",
    ),
)
