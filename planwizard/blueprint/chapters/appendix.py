"""A 資料編・手続: what belongs to the plan beside its chapters."""

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
    Prints,
    Rows,
    Sheet,
    Text,
    When,
)

HISTORY = FieldSet(
    "策定の経過",
    (
        Rows(
            "preparation_history",
            "策定経過",
            level=Level.RECOMMENDED,
            row_name="経過",
            help="会議や議会への報告を、日付の順に書きます。",
            example="令和8年6月12日／第1回推進本部／体制の了承",
            source="実例",
            columns=(
                Day("date", "年月日", level=Level.REQUIRED),
                Line("body", "会議など", level=Level.REQUIRED),
                Text("content", "内容"),
            ),
        ),
        Rows(
            "committee_members",
            "委員名簿",
            row_name="委員",
            help="公開してよい範囲で書きます。",
            example="（省略）",
            source="実例",
            columns=(
                Line("name", "氏名", level=Level.REQUIRED, max_chars=60),
                Line("affiliation", "所属"),
                Line("role", "役", max_chars=60),
            ),
        ),
    ),
)

VOICES = FieldSet(
    "意見とアンケート",
    (
        Group(
            "public_comment",
            "パブリックコメント",
            level=Level.RECOMMENDED,
            help="募集の期間は30日ほどです。意見ごとに、市の考え方と扱いを書きます。",
            example="令和9年1月8日〜2月6日／12人・31件",
            source="実例",
            fields=(
                Day("from", "募集の始め", level=Level.RECOMMENDED),
                Day("to", "募集の終わり", level=Level.RECOMMENDED),
                Choices("method", "受付の方法", options=options.COMMENT_METHODS),
                Number("n_persons", "意見を出した人", unit="人", minimum="0"),
                Number("n_opinions", "意見の数", unit="件", minimum="0"),
                Rows(
                    "opinions",
                    "意見と市の考え方",
                    row_name="意見",
                    columns=(
                        Choice("kind", "種類", options=options.OPINION_KINDS),
                        Text("opinion", "意見", level=Level.REQUIRED, max_chars=1000),
                        Text("reply", "市の考え方", level=Level.REQUIRED, max_chars=1000),
                        Choice("handling", "扱い", options=options.OPINION_HANDLINGS),
                    ),
                ),
            ),
        ),
        Rows(
            "surveys",
            "アンケート",
            row_name="アンケート",
            help="行ったアンケートの名、期間、回収数、結果のページを書きます。",
            example="住民アンケート／令和8年7月／1,043人",
            source="実例",
            columns=(
                Line("name", "アンケートの名", level=Level.REQUIRED),
                Line("period", "期間", max_chars=60),
                Number("n", "回収数", unit="人", minimum="0"),
                Line("result_url", "結果のページ", max_chars=500, format="url"),
            ),
        ),
    ),
)

REFERENCES = FieldSet(
    "用語と出典",
    (
        Rows(
            "glossary",
            "用語集",
            level=Level.RECOMMENDED,
            row_name="用語",
            help="住民になじみの薄い語を選び、平らな言葉で説明します。",
            example="EBPM／統計などの証拠に基づいて政策を立てること",
            source="手引 参考3",
            columns=(
                Line("term", "用語", level=Level.REQUIRED, max_chars=60, suggest="term"),
                Text("description", "説明", level=Level.REQUIRED),
            ),
        ),
        Rows(
            "references",
            "参考資料・出典",
            level=Level.RECOMMENDED,
            row_name="資料",
            help="使った国の資料などを、版が分かるように書きます。",
            example="デジタル社会の実現に向けた重点計画／令和7年6月13日",
            source="提案",
            columns=(
                Line("title", "資料", level=Level.REQUIRED),
                Line("url", "URL", max_chars=500, format="url"),
                Day("date", "日付"),
            ),
        ),
    ),
)

RECORDS = FieldSet(
    "決裁と公表の記録",
    (
        Rows(
            "approvals",
            "決裁記録",
            level=Level.RECOMMENDED,
            row_name="決裁",
            help="起案から市長までの順に書きます。",
            example="市長／令和9年3月25日／総政デ第123号",
            source="実例",
            columns=(
                Line("level", "決裁者", level=Level.REQUIRED, max_chars=60),
                Day("decided_on", "決裁日", level=Level.REQUIRED),
                Line("document_no", "文書番号", max_chars=60),
            ),
        ),
        Rows(
            "publications",
            "公表記録",
            level=Level.CONDITIONAL,
            condition="公表した場合だけ",
            required_when=When("basics:published_on"),
            row_name="公表",
            help="定めたときと、変えたときに1行ずつ書きます。",
            example="1.0／令和9年4月1日／https://www.example.lg.jp/digital/plan／市ウェブサイト",
            source="法9条4項",
            columns=(
                Line("version", "版", level=Level.REQUIRED, max_chars=20),
                Day("published_on", "公表日", level=Level.REQUIRED),
                Line("url", "URL", level=Level.REQUIRED, max_chars=500, format="url"),
                Line("media", "媒体"),
            ),
        ),
        Computed(
            "diff",
            "新旧対照表",
            level=Level.NONE,
            prints=Prints.NEVER,
            help="版の間の差から、別の文書として作ります。",
            source="提案",
        ),
        Computed(
            "summary_version",
            "概要版",
            level=Level.NONE,
            prints=Prints.NEVER,
            help="計画の中身から、別の文書として作ります。",
            source="実例",
        ),
    ),
)

SHEET = Sheet(
    "appendix",
    "資料編",
    "appendix",
    (HISTORY, VOICES, REFERENCES, RECORDS),
    guide="策定の経過、意見、用語、出典、決裁と公表の記録を載せます。公表の記録は、定めたときと変えたときに必ず残します。",
    pitfall="氏名は、公開してよいと確かめたものだけを書いてください。",
    at_hand=(
        "会議や決裁の記録",
        "意見公募の結果",
        "用語の説明",
    ),
)
