/* @web/test-runner snapshot v1 */
export const snapshots = {};

snapshots["welby-password-reset request"] = 
`- form "パスワードの再設定"
  - heading "パスワードの再設定" [level=2]
  - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
  - StaticText "メールアドレス"
  - textbox "メールアドレス" [required]
  - button "メールを送信する"
  - link "ログイン画面へ戻る" [url=http://localhost:8000/sign-in]
    - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset request */

snapshots["welby-password-reset request-missing"] = 
`- form "パスワードの再設定"
  - heading "パスワードの再設定" [level=2]
  - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
  - StaticText "メールアドレス"
  - textbox "メールアドレス" [description=メールアドレスを入力してください。] [required] [invalid=true]
  - StaticText "メールアドレスを入力してください。"
  - button "メールを送信する"
  - link "ログイン画面へ戻る" [url=http://localhost:8000/sign-in]
    - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset request-missing */

snapshots["welby-password-reset request-malformed"] = 
`- form "パスワードの再設定"
  - heading "パスワードの再設定" [level=2]
  - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
  - StaticText "メールアドレス"
  - textbox "メールアドレス" [description=メールアドレスを確認してください。例: taro@example.jp] [required] [invalid=true]
  - StaticText "メールアドレスを確認してください。例: taro@example.jp"
  - button "メールを送信する"
  - link "ログイン画面へ戻る" [url=http://localhost:8000/sign-in]
    - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset request-malformed */

snapshots["welby-password-reset request-sending"] = 
`- form "パスワードの再設定"
  - heading "パスワードの再設定" [level=2]
  - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
  - StaticText "メールアドレス"
  - textbox "メールアドレス" [required]
  - button "送信しています" [disabled]
  - link "ログイン画面へ戻る" [url=http://localhost:8000/sign-in]
    - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset request-sending */

snapshots["welby-password-reset request-failed"] = 
`- form "パスワードの再設定"
  - heading "パスワードの再設定" [level=2]
  - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
  - generic "通信できませんでした。 ネットワークの接続をご確認ください。入力した内容は残っています。"
    - StaticText "通信できませんでした。"
    - StaticText "ネットワークの接続をご確認ください。入力した内容は残っています。"
  - StaticText "メールアドレス"
  - textbox "メールアドレス" [required]
  - button "メールを送信する"
  - link "ログイン画面へ戻る" [url=http://localhost:8000/sign-in]
    - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset request-failed */

snapshots["welby-password-reset offline"] = 
`- form "パスワードの再設定"
  - heading "パスワードの再設定" [level=2]
  - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
  - StaticText "ネットワークに接続していません。接続が戻ると続けられます。"
  - StaticText "メールアドレス"
  - textbox "メールアドレス" [required]
  - button "メールを送信する"
  - link "ログイン画面へ戻る" [url=http://localhost:8000/sign-in]
    - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset offline */

snapshots["welby-password-reset sent"] = 
`- heading "メールを確認してください" [level=2]`;
/* end snapshot welby-password-reset sent */

snapshots["welby-password-reset sent-carrier"] = 
`- heading "メールを確認してください" [level=2]`;
/* end snapshot welby-password-reset sent-carrier */

snapshots["welby-password-reset resent"] = 
`- heading "メールを確認してください" [level=2]`;
/* end snapshot welby-password-reset resent */

snapshots["welby-password-reset confirm"] = 
`- form "新しいパスワードの設定"
  - heading "新しいパスワードの設定" [level=2]
  - StaticText "新しいパスワードを設定すると、すべての端末からログアウトします。"
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
  - textbox "新しいパスワード" [description=パスワードの条件 ○ 15文字以上 ○ 256文字以内 ○ ログインID、病院名、サービス名など推測されやすい語を含まない ○ 同じ文字の繰り返しが多くない ○ よく使われるパスワードではない 設定するときに確認します] [required]
  - button "パスワードを表示"
  - button "設定する"`;
/* end snapshot welby-password-reset confirm */

snapshots["welby-password-reset confirm-refused"] = 
`- form "新しいパスワードの設定"
  - heading "新しいパスワードの設定" [level=2]
  - StaticText "新しいパスワードを設定すると、すべての端末からログアウトします。"
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
  - textbox "新しいパスワード" [description=パスワードの条件 ✓ 8文字以上 満たしています ✓ 256文字以内 満たしています ✓ ログインID、病院名、サービス名など推測されやすい語を含まない 満たしています ✓ 同じ文字の繰り返しが多くない 満たしています × よく使われるパスワードではない 使用できません このパスワードは安全性が足りないため、使用できません。 条件を満たす別のパスワードを入力してください。] [required] [invalid=true]
  - button "パスワードを表示"
  - button "設定する"`;
/* end snapshot welby-password-reset confirm-refused */

snapshots["welby-password-reset invalid-token"] = 
`- heading "このURLは使えません" [level=2]`;
/* end snapshot welby-password-reset invalid-token */

snapshots["welby-password-reset done"] = 
`- heading "パスワードを設定しました" [level=2]`;
/* end snapshot welby-password-reset done */

