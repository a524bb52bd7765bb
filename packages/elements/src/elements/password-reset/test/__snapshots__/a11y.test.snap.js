/* @web/test-runner snapshot v1 */
export const snapshots = {};

snapshots["welby-password-reset request"] = 
`- RootWebArea
  - form "パスワードの再設定"
    - heading "パスワードの再設定" [level=2]
    - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
    - StaticText "メールアドレス"
    - textbox "メールアドレス" [required]
    - button "メールを送信する"
    - link "ログイン画面へ戻る"
      - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset request */

snapshots["welby-password-reset request-missing"] = 
`- RootWebArea
  - form "パスワードの再設定"
    - heading "パスワードの再設定" [level=2]
    - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
    - StaticText "メールアドレス"
    - textbox "メールアドレス" [description=メールアドレスを入力してください。] [required] [invalid=true]
    - StaticText "メールアドレスを入力してください。"
    - button "メールを送信する"
    - link "ログイン画面へ戻る"
      - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset request-missing */

snapshots["welby-password-reset request-malformed"] = 
`- RootWebArea
  - form "パスワードの再設定"
    - heading "パスワードの再設定" [level=2]
    - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
    - StaticText "メールアドレス"
    - textbox "メールアドレス" [description=メールアドレスを確認してください。例:taro@example.jp] [required] [invalid=true]
    - StaticText "メールアドレスを確認してください。例: taro@example.jp"
    - button "メールを送信する"
    - link "ログイン画面へ戻る"
      - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset request-malformed */

snapshots["welby-password-reset request-sending"] = 
`- RootWebArea
  - form "パスワードの再設定"
    - heading "パスワードの再設定" [level=2]
    - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
    - StaticText "メールアドレス"
    - textbox "メールアドレス" [required]
    - button "送信しています" [disabled]
    - link "ログイン画面へ戻る"
      - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset request-sending */

snapshots["welby-password-reset request-failed"] = 
`- RootWebArea
  - form "パスワードの再設定"
    - heading "パスワードの再設定" [level=2]
    - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
    - generic "通信できませんでした。 ネットワークの接続をご確認ください。入力した内容は残っています。"
      - StaticText "通信できませんでした。"
      - StaticText "ネットワークの接続をご確認ください。入力した内容は残っています。"
    - StaticText "メールアドレス"
    - textbox "メールアドレス" [required]
    - button "メールを送信する"
    - link "ログイン画面へ戻る"
      - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset request-failed */

snapshots["welby-password-reset offline"] = 
`- RootWebArea
  - form "パスワードの再設定"
    - heading "パスワードの再設定" [level=2]
    - StaticText "ログインIDとして登録したメールアドレスを入力してください。再設定用のURLをメールでお送りします。"
    - StaticText "ネットワークに接続していません。接続が戻ると続けられます。"
    - StaticText "メールアドレス"
    - textbox "メールアドレス" [required]
    - button "メールを送信する"
    - link "ログイン画面へ戻る"
      - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset offline */

snapshots["welby-password-reset sent"] = 
`- RootWebArea
  - heading "メールを確認してください" [level=2]
  - StaticText "入力されたメールアドレスが登録されている場合、再設定用のURLをメールでお送りしました。"
  - StaticText "入力されたメールアドレス"
  - StaticText "suzuki@minato.example.jp"
  - StaticText "URLは30分間("
  - StaticText "<time>"
  - StaticText "まで)、1回だけ使えます。新しいメールを送信すると、前のURLは使えなくなります。"
  - heading "メールが届かないとき" [level=3]
  - StaticText "携帯電話会社のメールアドレスの場合は、受信設定(指定受信)で「mail.example.jp」からのメールを許可してから、もう一度送信してください。"
  - StaticText "迷惑メールフォルダーをご確認ください。"
  - StaticText "入力したメールアドレスに間違いがないか、ご確認ください。"
  - StaticText "もう一度送信できるまで、あと<seconds>秒です。"
  - button "もう一度送信する" [description=もう一度送信できるまで、あと<seconds>秒です。] [disabled]
  - button "メールアドレスを入力し直す"
  - link "ログイン画面へ戻る"
    - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset sent */

snapshots["welby-password-reset sent-carrier"] = 
`- RootWebArea
  - heading "メールを確認してください" [level=2]
  - StaticText "入力されたメールアドレスが登録されている場合、再設定用のURLをメールでお送りしました。"
  - StaticText "入力されたメールアドレス"
  - StaticText "a..b@docomo.ne.jp"
  - StaticText "URLは30分間("
  - StaticText "<time>"
  - StaticText "まで)、1回だけ使えます。新しいメールを送信すると、前のURLは使えなくなります。"
  - heading "メールが届かないとき" [level=3]
  - StaticText "携帯電話会社のメールアドレスの場合は、受信設定(指定受信)で「mail.example.jp」からのメールを許可してから、もう一度送信してください。"
  - StaticText "「..」や「.@」を含むメールアドレスには、届かない場合があります。"
  - StaticText "迷惑メールフォルダーをご確認ください。"
  - StaticText "入力したメールアドレスに間違いがないか、ご確認ください。"
  - StaticText "もう一度送信できるまで、あと<seconds>秒です。"
  - button "もう一度送信する" [description=もう一度送信できるまで、あと<seconds>秒です。] [disabled]
  - button "メールアドレスを入力し直す"
  - link "ログイン画面へ戻る"
    - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset sent-carrier */

snapshots["welby-password-reset resent"] = 
`- RootWebArea
  - heading "メールを確認してください" [level=2]
  - StaticText "もう一度送信しました。"
  - StaticText "入力されたメールアドレスが登録されている場合、再設定用のURLをメールでお送りしました。"
  - StaticText "入力されたメールアドレス"
  - StaticText "suzuki@minato.example.jp"
  - StaticText "URLは30分間("
  - StaticText "<time>"
  - StaticText "まで)、1回だけ使えます。新しいメールを送信すると、前のURLは使えなくなります。"
  - heading "メールが届かないとき" [level=3]
  - StaticText "携帯電話会社のメールアドレスの場合は、受信設定(指定受信)で「mail.example.jp」からのメールを許可してから、もう一度送信してください。"
  - StaticText "迷惑メールフォルダーをご確認ください。"
  - StaticText "入力したメールアドレスに間違いがないか、ご確認ください。"
  - StaticText "もう一度送信できるまで、あと<seconds>秒です。"
  - button "もう一度送信する" [description=もう一度送信できるまで、あと<seconds>秒です。] [disabled]
  - button "メールアドレスを入力し直す"
  - link "ログイン画面へ戻る"
    - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset resent */

snapshots["welby-password-reset confirm"] = 
`- RootWebArea
  - form "新しいパスワードの設定"
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
    - textbox "新しいパスワード" [description=パスワードの条件○15文字以上○256文字以内○ログインID、病院名、サービス名など推測されやすい語を含まない○同じ文字の繰り返しが多くない○よく使われるパスワードではない設定するときに確認します] [required]
    - button "パスワードを表示"
    - button "設定する"`;
/* end snapshot welby-password-reset confirm */

snapshots["welby-password-reset confirm-refused"] = 
`- RootWebArea
  - form "新しいパスワードの設定"
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
    - textbox "新しいパスワード" [description=パスワードの条件✓8文字以上満たしています✓256文字以内満たしています✓ログインID、病院名、サービス名など推測されやすい語を含まない満たしています✓同じ文字の繰り返しが多くない満たしています×よく使われるパスワードではない使用できませんこのパスワードは安全性が足りないため、使用できません。条件を満たす別のパスワードを入力してください。] [required] [invalid=true]
    - button "パスワードを表示"
    - button "設定する"`;
/* end snapshot welby-password-reset confirm-refused */

snapshots["welby-password-reset invalid-token"] = 
`- RootWebArea
  - heading "このURLは使えません" [level=2]
  - StaticText "このURLは有効期限が切れているか、すでに使用されています。"
  - StaticText "もう一度お手続きください。"
  - button "もう一度手続きする"
  - link "ログイン画面へ戻る"
    - StaticText "ログイン画面へ戻る"`;
/* end snapshot welby-password-reset invalid-token */

snapshots["welby-password-reset done"] = 
`- RootWebArea
  - heading "パスワードを設定しました" [level=2]
  - StaticText "新しいパスワードでログインしてください。"
  - link "ログイン画面へ進む"
    - StaticText "ログイン画面へ進む"`;
/* end snapshot welby-password-reset done */

