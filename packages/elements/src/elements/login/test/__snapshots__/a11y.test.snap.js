/* @web/test-runner snapshot v1 */
export const snapshots = {};

snapshots["welby-login credentials"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login credentials */

snapshots["welby-login credentials-patient"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - StaticText "ログインID"
    - StaticText "登録したメールアドレスまたは電話番号"
    - textbox "ログインID" [description=登録したメールアドレスまたは電話番号] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login credentials-patient */

snapshots["welby-login one-field-missing"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [description=パスワードを入力してください。] [required] [invalid=true]
    - button "パスワードを表示"
    - StaticText "パスワードを入力してください。"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login one-field-missing */

snapshots["welby-login both-fields-missing"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - generic "入力内容をご確認ください ログインIDを入力してください。 パスワードを入力してください。"
      - StaticText "入力内容をご確認ください"
      - button "ログインIDを入力してください。"
      - button "パスワードを入力してください。"
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレスログインIDを入力してください。] [required] [invalid=true]
    - StaticText "ログインIDを入力してください。"
    - StaticText "パスワード"
    - textbox "パスワード" [description=パスワードを入力してください。] [required] [invalid=true]
    - button "パスワードを表示"
    - StaticText "パスワードを入力してください。"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login both-fields-missing */

snapshots["welby-login signing-in"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ログインしています" [disabled]
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login signing-in */

snapshots["welby-login wrong-credentials"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - generic
      - StaticText "ログインIDまたはパスワードが正しくありません。"
      - StaticText "入力内容を確認して、もう一度お試しください。"
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレスログインIDまたはパスワードが正しくありません。入力内容を確認して、もう一度お試しください。] [required] [invalid=true]
    - StaticText "パスワード"
    - textbox "パスワード" [description=ログインIDまたはパスワードが正しくありません。入力内容を確認して、もう一度お試しください。] [required] [invalid=true]
    - button "パスワードを表示"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login wrong-credentials */

snapshots["welby-login rate-limited"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - generic "入力の誤りが続いたため、しばらく受け付けられません。 あと<seconds>秒お待ちください。"
      - StaticText "入力の誤りが続いたため、しばらく受け付けられません。"
      - StaticText "あと<seconds>秒お待ちください。"
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login rate-limited */

snapshots["welby-login connection-failed"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - generic "通信できませんでした。 ネットワークの接続をご確認ください。入力した内容は残っています。"
      - StaticText "通信できませんでした。"
      - StaticText "ネットワークの接続をご確認ください。入力した内容は残っています。"
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login connection-failed */

snapshots["welby-login server-error"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - generic "サーバーで問題が起きたため、処理できませんでした。 しばらく待ってから、もう一度お試しください。続くときは、お問い合わせ番号を添えてご連絡ください。 お問い合わせ番号: req-7"
      - StaticText "サーバーで問題が起きたため、処理できませんでした。"
      - StaticText "しばらく待ってから、もう一度お試しください。続くときは、お問い合わせ番号を添えてご連絡ください。"
      - StaticText "お問い合わせ番号: req-7"
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login server-error */

snapshots["welby-login maintenance"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - generic "ただいまメンテナンス中です。 終了予定はお知らせをご確認ください。"
      - StaticText "ただいまメンテナンス中です。"
      - StaticText "終了予定はお知らせをご確認ください。"
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login maintenance */

snapshots["welby-login offline"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - StaticText "ネットワークに接続していません。接続が戻ると続けられます。"
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login offline */

snapshots["welby-login password-shown"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [description=全角文字が含まれています] [required]
    - button "パスワードを隠す"
    - StaticText "全角文字が含まれています"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login password-shown */

snapshots["welby-login second-factor"] = 
`- RootWebArea
  - form "認証コードの入力"
    - heading "認証コードの入力" [level=2]
    - StaticText "認証アプリに表示されている6桁の数字を入力してください。"
    - StaticText "認証コード"
    - StaticText "例: 123456"
    - textbox "認証コード" [description=例:123456] [required]
    - button "確認する"
    - button "最初からやり直す"`;
/* end snapshot welby-login second-factor */

snapshots["welby-login second-factor-wrong"] = 
`- RootWebArea
  - form "認証コードの入力"
    - heading "認証コードの入力" [level=2]
    - StaticText "認証アプリに表示されている6桁の数字を入力してください。"
    - generic
      - StaticText "認証コードが正しくありません。"
      - StaticText "入力したコードを確認してください。認証アプリやSMSのコードは、最新のものを入力してください。"
    - StaticText "認証コード"
    - StaticText "例: 123456"
    - textbox "認証コード" [description=例:123456認証コードが正しくありません。入力したコードを確認してください。認証アプリやSMSのコードは、最新のものを入力してください。] [required] [invalid=true]
    - button "確認する"
    - button "最初からやり直す"`;
/* end snapshot welby-login second-factor-wrong */

snapshots["welby-login password-change"] = 
`- RootWebArea
  - form "パスワードの変更"
    - heading "パスワードの変更" [level=2]
    - StaticText "初期パスワードのままでは続けられません。ご自身だけが知っている新しいパスワードを設定してください。"
    - StaticText "パスワードの条件"
    - StaticText "○"
    - StaticText "15文字以上"
    - StaticText "○"
    - StaticText "256文字以内"
    - StaticText "○"
    - StaticText "ログインID、病院名、サービス名など推測されやすい語を含まない"
    - StaticText "○"
    - StaticText "同じ文字の繰り返しが多くない"
    - StaticText "○"
    - StaticText "よく使われるパスワードではない"
    - StaticText "設定するときに確認します"
    - StaticText "新しいパスワード"
    - textbox "新しいパスワード" [description=パスワードの条件○15文字以上○256文字以内○ログインID、病院名、サービス名など推測されやすい語を含まない○同じ文字の繰り返しが多くない○よく使われるパスワードではない設定するときに確認します] [required]
    - button "パスワードを表示"
    - button "変更する"
    - button "ログアウトする"`;
/* end snapshot welby-login password-change */

snapshots["welby-login password-change-rules-loading"] = 
`- RootWebArea
  - form "パスワードの変更"
    - heading "パスワードの変更" [level=2]
    - StaticText "初期パスワードのままでは続けられません。ご自身だけが知っている新しいパスワードを設定してください。"
    - generic [busy]
      - StaticText "パスワードの条件"
      - StaticText "パスワードの条件を読み込んでいます。"
    - StaticText "新しいパスワード"
    - textbox "新しいパスワード" [description=パスワードの条件パスワードの条件を読み込んでいます。] [required]
    - button "パスワードを表示"
    - button "変更する"
    - button "ログアウトする"`;
/* end snapshot welby-login password-change-rules-loading */

snapshots["welby-login password-change-rules-unavailable"] = 
`- RootWebArea
  - form "パスワードの変更"
    - heading "パスワードの変更" [level=2]
    - StaticText "初期パスワードのままでは続けられません。ご自身だけが知っている新しいパスワードを設定してください。"
    - StaticText "パスワードの条件を表示できませんでした。設定するときに確認します。"
    - button "条件をもう一度読み込む"
    - StaticText "新しいパスワード"
    - textbox "新しいパスワード" [description=パスワードの条件を表示できませんでした。設定するときに確認します。条件をもう一度読み込む] [required]
    - button "パスワードを表示"
    - button "変更する"
    - button "ログアウトする"`;
/* end snapshot welby-login password-change-rules-unavailable */

snapshots["welby-login password-change-refused"] = 
`- RootWebArea
  - form "パスワードの変更"
    - heading "パスワードの変更" [level=2]
    - StaticText "初期パスワードのままでは続けられません。ご自身だけが知っている新しいパスワードを設定してください。"
    - generic
      - StaticText "このパスワードは安全性が足りないため、使用できません。"
      - StaticText "条件を満たす別のパスワードを入力してください。"
    - StaticText "パスワードの条件"
    - StaticText "✓"
    - StaticText "8文字以上"
    - StaticText "満たしています"
    - StaticText "✓"
    - StaticText "256文字以内"
    - StaticText "満たしています"
    - StaticText "✓"
    - StaticText "ログインID、病院名、サービス名など推測されやすい語を含まない"
    - StaticText "満たしています"
    - StaticText "✓"
    - StaticText "同じ文字の繰り返しが多くない"
    - StaticText "満たしています"
    - StaticText "×"
    - StaticText "よく使われるパスワードではない"
    - StaticText "使用できません"
    - StaticText "新しいパスワード"
    - textbox "新しいパスワード" [description=パスワードの条件✓8文字以上満たしています✓256文字以内満たしています✓ログインID、病院名、サービス名など推測されやすい語を含まない満たしています✓同じ文字の繰り返しが多くない満たしています×よく使われるパスワードではない使用できませんこのパスワードは安全性が足りないため、使用できません。条件を満たす別のパスワードを入力してください。] [required] [invalid=true]
    - button "パスワードを表示"
    - button "変更する"
    - button "ログアウトする"`;
/* end snapshot welby-login password-change-refused */

snapshots["welby-login locked"] = 
`- RootWebArea
  - form "画面をロックしています"
    - heading "画面をロックしています" [level=2]
    - StaticText "しばらく操作がなかったため、画面をロックしました。"
    - StaticText "パスワードを入力すると続けられます。"
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ロックを解除する"
    - button "別のアカウントでログインする"`;
/* end snapshot welby-login locked */

snapshots["welby-login expired"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - StaticText "ログインの有効期限が切れました。 もう一度ログインしてください。"
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login expired */

snapshots["welby-login signed-in"] = 
`- RootWebArea
  - heading "ログインしました" [level=2]
  - StaticText "前回のログイン"
  - StaticText "<time>"
  - StaticText "心当たりがない場合は、パスワードを変更し、管理者にお知らせください。"
  - button "ログアウトする"`;
/* end snapshot welby-login signed-in */

snapshots["welby-login signed-in-restored"] = 
`- RootWebArea
  - heading "ログインしました" [level=2]
  - button "ログアウトする"`;
/* end snapshot welby-login signed-in-restored */

snapshots["welby-login signed-out"] = 
`- RootWebArea
  - form "ログイン"
    - heading "ログイン" [level=2]
    - StaticText "ログアウトしました。"
    - StaticText "ログインID"
    - StaticText "登録したメールアドレス"
    - textbox "ログインID" [description=登録したメールアドレス] [required]
    - StaticText "パスワード"
    - textbox "パスワード" [required]
    - button "パスワードを表示"
    - button "ログインする"
    - button "パスワードを忘れた方"`;
/* end snapshot welby-login signed-out */

snapshots["welby-login unsupported-step"] = 
`- RootWebArea
  - heading "この画面では続けられません" [level=2]
  - StaticText "この画面が対応していない確認手順が必要です。システム担当者にお知らせください。"
  - button "最初からやり直す"`;
/* end snapshot welby-login unsupported-step */

snapshots["welby-login insecure"] = 
`- RootWebArea
  - heading "ログインできません" [level=2]
  - StaticText "このページは安全な接続(https)ではないため、ログインできません。"
  - StaticText "システム担当者にお知らせください。"`;
/* end snapshot welby-login insecure */

