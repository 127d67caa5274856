"""The success criteria of JIS X 8341-3:2016 at levels A and AA, and what the product's own tests look at of each.

``checked`` says what the automated tests check on every page; empty where only a person can judge. ``absent`` says
why nothing on the screens is subject to a criterion. Whoever changes a test of the screens changes this table.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    number: str
    name: str
    level: str
    checked: str = ""
    absent: str = ""


_NO_MEDIA = "音声や動画を使っていません。"

CRITERIA = (
    Criterion("1.1.1", "非テキストコンテンツ", "A", "画像に代替テキストがあること"),
    Criterion("1.2.1", "音声だけ及び映像だけ（収録済み）", "A", absent=_NO_MEDIA),
    Criterion("1.2.2", "キャプション（収録済み）", "A", absent=_NO_MEDIA),
    Criterion("1.2.3", "音声解説又はメディアに対する代替コンテンツ（収録済み）", "A", absent=_NO_MEDIA),
    Criterion("1.2.4", "キャプション（ライブ）", "AA", absent=_NO_MEDIA),
    Criterion("1.2.5", "音声解説（収録済み）", "AA", absent=_NO_MEDIA),
    Criterion("1.3.1", "情報及び関係性", "A", "見出し、表の見出しセル、欄とラベルの結び付きの書き方"),
    Criterion("1.3.2", "意味のある順序", "A"),
    Criterion("1.3.3", "感覚的な特徴", "A"),
    Criterion("1.4.1", "色の使用", "A", "文の中のリンクが色だけで示されていないこと"),
    Criterion("1.4.2", "音声の制御", "A", absent=_NO_MEDIA),
    Criterion("1.4.3", "コントラスト（最低限レベル）", "AA", "文字と背景の色の組合せの比"),
    Criterion("1.4.4", "テキストのサイズ変更", "AA", "文字を200%にしても、横にはみ出さないこと"),
    Criterion("1.4.5", "文字画像", "AA"),
    Criterion("2.1.1", "キーボード", "A", "スクロールする枠にキーボードで入れること"),
    Criterion("2.1.2", "キーボードトラップなし", "A"),
    Criterion("2.2.1", "タイミング調整可能", "A"),
    Criterion("2.2.2", "一時停止、停止及び非表示", "A"),
    Criterion("2.3.1", "3回のせん（閃）光、又はしきい（閾）値以下", "A", absent="せん光を使っていません。"),
    Criterion("2.4.1", "ブロックスキップ", "A", "本文へ移るリンクがあること"),
    Criterion("2.4.2", "ページタイトル", "A", "題名があり、大見出しと同じ言葉で始まること"),
    Criterion("2.4.3", "フォーカス順序", "A"),
    Criterion("2.4.4", "リンクの目的（コンテキスト内）", "A", "リンクに名前があること"),
    Criterion("2.4.5", "複数の手段", "AA"),
    Criterion("2.4.6", "見出し及びラベル", "AA"),
    Criterion("2.4.7", "フォーカスの可視化", "AA"),
    Criterion("3.1.1", "ページの言語", "A", "日本語のページだと記されていること"),
    Criterion("3.1.2", "一部分の言語", "AA", "言語の指定に誤りがないこと"),
    Criterion("3.2.1", "フォーカス時", "A"),
    Criterion("3.2.2", "入力時", "A"),
    Criterion("3.2.3", "一貫したナビゲーション", "AA"),
    Criterion("3.2.4", "一貫した識別性", "AA"),
    Criterion("3.3.1", "エラーの特定", "A", "エラーの一覧から、その欄へ移れること"),
    Criterion("3.3.2", "ラベル又は説明", "A", "すべての欄にラベルがあること"),
    Criterion("3.3.3", "エラー修正の提案", "AA"),
    Criterion("3.3.4", "エラー回避（法的、金融及びデータ）", "AA"),
    Criterion("4.1.1", "構文解析", "A", "同じ id が二つないこと"),
    Criterion("4.1.2", "名前（name）、役割（role）及び値（value）", "A", "部品に名前と役割があること"),
)
