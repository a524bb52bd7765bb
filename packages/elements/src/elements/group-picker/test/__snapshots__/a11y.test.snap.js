/* @web/test-runner snapshot v1 */
export const snapshots = {};

snapshots["welby-group-picker patient"] = 
`- RootWebArea
  - form
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "グループ"
    - button "高血圧を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く"
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker patient */

snapshots["welby-group-picker form"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - button "高血圧を外す"
    - button "リブレ使用を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く"
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker form */

snapshots["welby-group-picker open"] = 
`- RootWebArea
  - form
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "グループ"
    - button "高血圧を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [expanded] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を閉じる" [expanded]
    - listbox "グループの一覧" [multiselectable] [orientation=vertical]
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker open */

snapshots["welby-group-picker filtered"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [expanded] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を閉じる" [expanded]
    - listbox "グループの一覧" [multiselectable] [orientation=vertical]
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker filtered */

snapshots["welby-group-picker filtered-empty"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [expanded] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を閉じる" [expanded]
    - listbox "グループの一覧" [multiselectable] [orientation=vertical]
    - StaticText "該当なし"
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker filtered-empty */

snapshots["welby-group-picker name-refused"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を閉じる" [expanded]
    - StaticText "グループ名は50文字までです。"
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker name-refused */

snapshots["welby-group-picker empty"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を閉じる" [expanded]
    - StaticText "グループはまだありません。名前を入力すると、新しく作成できます。"
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker empty */

snapshots["welby-group-picker creating"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [expanded] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を閉じる" [expanded]
    - listbox "グループの一覧" [multiselectable] [orientation=vertical]
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker creating */

snapshots["welby-group-picker create-failed"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [expanded] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を閉じる" [expanded]
    - listbox "グループの一覧" [multiselectable] [orientation=vertical]
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker create-failed */

snapshots["welby-group-picker create-duplicate"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [expanded] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を閉じる" [expanded]
    - listbox "グループの一覧" [multiselectable] [orientation=vertical]
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker create-duplicate */

snapshots["welby-group-picker many"] = 
`- RootWebArea
  - form
    - DisclosureTriangle "対象の患者さん 2人" [expanded]
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "佐藤 和子"
    - StaticText "サトウ ワコ"
    - StaticText "1989年(昭和64年)1月7日"
    - StaticText "診察券番号 00012342"
    - StaticText "グループ"
    - button "高血圧 2人中1人を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [expanded] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を閉じる" [expanded]
    - listbox "グループの一覧" [multiselectable] [orientation=vertical]
    - StaticText "名前を入力して絞り込めます。"
    - StaticText "変更はありません。"
    - button "2人に割り当てる" [description=変更はありません。] [disabled]`;
/* end snapshot welby-group-picker many */

snapshots["welby-group-picker many-changed"] = 
`- RootWebArea
  - form
    - DisclosureTriangle "対象の患者さん 2人"
    - StaticText "グループ"
    - button "高血圧 2人中1人を外す"
    - button "2型糖尿病を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く"
    - StaticText "名前を入力して絞り込めます。"
    - StaticText "変更 1件"
    - StaticText "割り当てる: 2型糖尿病(2人)"
    - button "2人に割り当てる" [description=変更1件]
    - button "元に戻す"`;
/* end snapshot welby-group-picker many-changed */

snapshots["welby-group-picker confirm"] = 
`- RootWebArea
  - alertdialog "割り当ての確認" [description=次の2人の患者さんのグループを変更します。佐藤和子サトウカズコ1958年(昭和33年)4月2日診察券番号00012341佐藤和子サトウワコ1989年(昭和64年)1月7日診察券番号00012342割り当てる:2型糖尿病(2人)] [modal]
    - heading "割り当ての確認" [level=2]
    - StaticText "次の2人の患者さんのグループを変更します。"
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "佐藤 和子"
    - StaticText "サトウ ワコ"
    - StaticText "1989年(昭和64年)1月7日"
    - StaticText "診察券番号 00012342"
    - StaticText "割り当てる: 2型糖尿病(2人)"
    - button "やめる"
    - button "2人に割り当てる"`;
/* end snapshot welby-group-picker confirm */

snapshots["welby-group-picker saving"] = 
`- RootWebArea
  - form
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "グループ"
    - button "高血圧を外す"
    - button "2型糖尿病を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く"
    - StaticText "名前を入力して絞り込めます。"
    - StaticText "保存しています。"`;
/* end snapshot welby-group-picker saving */

snapshots["welby-group-picker saved"] = 
`- RootWebArea
  - form
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "グループ"
    - button "高血圧を外す"
    - button "2型糖尿病を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く"
    - StaticText "名前を入力して絞り込めます。"
    - StaticText "保存しました。"`;
/* end snapshot welby-group-picker saved */

snapshots["welby-group-picker save-failed"] = 
`- RootWebArea
  - form
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "グループ"
    - button "高血圧を外す"
    - button "2型糖尿病を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く"
    - StaticText "名前を入力して絞り込めます。"
    - alert [atomic] [live=assertive] [relevant=additionstext]
      - StaticText "連携していない患者さんが含まれているため、割り当てられません。"
      - StaticText "一覧を読み込み直して、もう一度選んでください。"
      - StaticText "お問い合わせ番号: req-7"
      - button "もう一度保存する"
      - button "元に戻す"`;
/* end snapshot welby-group-picker save-failed */

snapshots["welby-group-picker conflict"] = 
`- RootWebArea
  - form
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "グループ"
    - button "2型糖尿病を外す"
    - button "リブレ使用を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く"
    - StaticText "名前を入力して絞り込めます。"
    - alert [atomic] [live=assertive] [relevant=additionstext]
      - StaticText "鈴木 健一さんが"
      - StaticText "<time>"
      - StaticText "に、この患者さんのグループを変更しました。"
      - StaticText "追加された: リブレ使用"
      - StaticText "外された: 高血圧"
      - StaticText "あなたの変更(割り当てる): 2型糖尿病"
      - button "最新の内容にする"
      - button "自分の変更を重ねて保存する"`;
/* end snapshot welby-group-picker conflict */

snapshots["welby-group-picker loading"] = 
`- RootWebArea
  - form
    - generic [busy]`;
/* end snapshot welby-group-picker loading */

snapshots["welby-group-picker error"] = 
`- RootWebArea
  - form
    - alert [atomic] [live=assertive] [relevant=additionstext]
      - StaticText "サーバーで問題が起きたため、処理できませんでした。"
      - StaticText "しばらく待ってから、もう一度お試しください。続くときは、お問い合わせ番号を添えてご連絡ください。"
      - StaticText "お問い合わせ番号: req-7"
      - button "もう一度読み込む"`;
/* end snapshot welby-group-picker error */

snapshots["welby-group-picker forbidden"] = 
`- RootWebArea
  - form
    - alert [atomic] [live=assertive] [relevant=additionstext]
      - StaticText "この操作を行う権限がありません。"
      - StaticText "管理者にお問い合わせください。"`;
/* end snapshot welby-group-picker forbidden */

snapshots["welby-group-picker offline"] = 
`- RootWebArea
  - form
    - alert [atomic] [live=assertive] [relevant=additionstext]
      - StaticText "ネットワークに接続していません。入力した内容は残っています。"
      - button "もう一度読み込む"`;
/* end snapshot welby-group-picker offline */

snapshots["welby-group-picker refreshing"] = 
`- RootWebArea
  - form
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "グループ"
    - button "高血圧を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く"
    - StaticText "名前を入力して絞り込めます。"
    - StaticText "最新の内容を確認しています。"`;
/* end snapshot welby-group-picker refreshing */

snapshots["welby-group-picker stale"] = 
`- RootWebArea
  - form
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "グループ"
    - button "高血圧を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く"
    - StaticText "名前を入力して絞り込めます。"
    - StaticText "最新の内容を確認できませんでした。前回の内容を表示しています。"
    - alert [atomic] [live=assertive] [relevant=additionstext]
      - StaticText "通信できませんでした。"
      - StaticText "ネットワークの接続をご確認ください。入力した内容は残っています。"
      - button "もう一度読み込む"`;
/* end snapshot welby-group-picker stale */

snapshots["welby-group-picker required"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - StaticText "必須"
    - combobox "グループ必須" [description=名前を入力して絞り込めます。] [required] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く"
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker required */

snapshots["welby-group-picker readonly"] = 
`- RootWebArea
  - form
    - StaticText "佐藤 和子"
    - StaticText "サトウ カズコ"
    - StaticText "1958年(昭和33年)4月2日"
    - StaticText "診察券番号 00012341"
    - StaticText "グループ"
    - StaticText "高血圧"`;
/* end snapshot welby-group-picker readonly */

snapshots["welby-group-picker disabled"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - button "高血圧を外す" [disabled]
    - combobox "グループ" [description=名前を入力して絞り込めます。] [disabled] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を開く" [disabled]
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker disabled */

snapshots["welby-group-picker signed-out"] = 
`- RootWebArea
  - form
    - status [atomic] [live=polite] [relevant=additionstext]
      - StaticText "ログインしていません。"
      - StaticText "ログインしてください。"`;
/* end snapshot welby-group-picker signed-out */

snapshots["welby-group-picker locked"] = 
`- RootWebArea
  - form
    - status [atomic] [live=polite] [relevant=additionstext]
      - StaticText "しばらく操作がなかったため、画面をロックしました。"
      - StaticText "パスワードを入力すると続けられます。"`;
/* end snapshot welby-group-picker locked */

snapshots["welby-group-picker hostile-names"] = 
`- RootWebArea
  - form
    - StaticText "グループ"
    - button "<img src=x onerror=alert(1)>を外す"
    - button "esreverを外す"
    - button "'); DROP TABLE groups;--を外す"
    - button "長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長を外す"
    - combobox "グループ" [description=名前を入力して絞り込めます。] [expanded] [autocomplete=list] [haspopup=listbox]
    - button "グループの一覧を閉じる" [expanded]
    - listbox "グループの一覧" [multiselectable] [orientation=vertical]
    - StaticText "名前を入力して絞り込めます。"`;
/* end snapshot welby-group-picker hostile-names */

