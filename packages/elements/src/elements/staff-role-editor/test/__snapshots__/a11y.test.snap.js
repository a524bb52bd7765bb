/* @web/test-runner snapshot v1 */
export const snapshots = {};

snapshots["welby-staff-role-editor ready"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "斎藤 あゆみ"
  - StaticText "サイトウ アユミ"
  - StaticText "member4@minato.example.jp"
  - StaticText "招待中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "鈴木 健一"
  - StaticText "スズキ ケンイチ"
  - StaticText "member1@minato.example.jp"
  - StaticText "あなた"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "田中 美咲"
  - StaticText "タナカ ミサキ"
  - StaticText "member2@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更はありません。"
  - StaticText "権限を選ぶと、変更を確認できます。"
  - button "変更を確認する" [description=変更はありません。権限を選ぶと、変更を確認できます。] [disabled]`;
/* end snapshot welby-staff-role-editor ready */

snapshots["welby-staff-role-editor one"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更はありません。"
  - StaticText "権限を選ぶと、変更を確認できます。"
  - button "変更を確認する" [description=変更はありません。権限を選ぶと、変更を確認できます。] [disabled]`;
/* end snapshot welby-staff-role-editor one */

snapshots["welby-staff-role-editor locked"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "山﨑 進"
  - StaticText "ヤマザキ ススム"
  - StaticText "member1@minato.example.jp"
  - StaticText "あなた"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [disabled]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [disabled] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更できません: 管理者が1人もいなくなるため、変更できません。 先に別のスタッフを管理者にしてください。"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更はありません。"
  - StaticText "権限を選ぶと、変更を確認できます。"
  - button "変更を確認する" [description=変更はありません。権限を選ぶと、変更を確認できます。] [disabled]`;
/* end snapshot welby-staff-role-editor locked */

snapshots["welby-staff-role-editor dirty"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "斎藤 あゆみ"
  - StaticText "サイトウ アユミ"
  - StaticText "member4@minato.example.jp"
  - StaticText "招待中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "鈴木 健一"
  - StaticText "スズキ ケンイチ"
  - StaticText "member1@minato.example.jp"
  - StaticText "あなた"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - StaticText "変更あり"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "田中 美咲"
  - StaticText "タナカ ミサキ"
  - StaticText "member2@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更 1件"
  - button "元に戻す"
  - button "変更を確認する" [description=変更1件]`;
/* end snapshot welby-staff-role-editor dirty */

snapshots["welby-staff-role-editor filtered"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更はありません。"
  - StaticText "権限を選ぶと、変更を確認できます。"
  - button "変更を確認する" [description=変更はありません。権限を選ぶと、変更を確認できます。] [disabled]`;
/* end snapshot welby-staff-role-editor filtered */

snapshots["welby-staff-role-editor filtered-empty"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "該当するスタッフがいません。"
  - StaticText "絞り込みで表示されていない変更が1件あります。"
  - StaticText "変更 1件"
  - button "元に戻す"
  - button "変更を確認する" [description=変更1件]`;
/* end snapshot welby-staff-role-editor filtered-empty */

snapshots["welby-staff-role-editor previewing"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "斎藤 あゆみ"
  - StaticText "サイトウ アユミ"
  - StaticText "member4@minato.example.jp"
  - StaticText "招待中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "鈴木 健一"
  - StaticText "スズキ ケンイチ"
  - StaticText "member1@minato.example.jp"
  - StaticText "あなた"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - StaticText "変更あり"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "田中 美咲"
  - StaticText "タナカ ミサキ"
  - StaticText "member2@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更 1件"
  - button "元に戻す"
  - button "変更の内容を確認しています。" [description=変更1件] [disabled]`;
/* end snapshot welby-staff-role-editor previewing */

snapshots["welby-staff-role-editor preview"] = 
`- RootWebArea
  - alertdialog "権限の変更の確認" [description=髙橋由美タカハシユミmember3@minato.example.jpスタッフ→管理者利用中の管理者:2人→3人] [modal]
    - heading "権限の変更の確認" [level=2]
    - StaticText "髙橋 由美"
    - StaticText "タカハシ ユミ"
    - StaticText "member3@minato.example.jp"
    - StaticText "スタッフ → 管理者"
    - StaticText "利用中の管理者: 2人 → 3人"
    - StaticText "変更の理由(任意)"
    - StaticText "操作ログに残ります。200文字まで。"
    - textbox "変更の理由(任意)" [description=操作ログに残ります。200文字まで。]
    - button "やめる"
    - button "変更を保存する"`;
/* end snapshot welby-staff-role-editor preview */

snapshots["welby-staff-role-editor preview-self"] = 
`- RootWebArea
  - alertdialog "権限の変更の確認" [description=鈴木健一スズキケンイチmember1@minato.example.jp管理者→スタッフ利用中の管理者:2人→1人] [modal]
    - heading "権限の変更の確認" [level=2]
    - StaticText "鈴木 健一"
    - StaticText "スズキ ケンイチ"
    - StaticText "member1@minato.example.jp"
    - StaticText "管理者 → スタッフ"
    - StaticText "利用中の管理者: 2人 → 1人"
    - StaticText "あなた自身の管理者権限が外れます。保存した後は、この画面を使えません。"
    - checkbox "自分の管理者権限を外すことに同意します。" [description=同意のチェックを入れると、保存できます。] [invalid=true]
    - StaticText "自分の管理者権限を外すことに同意します。"
    - StaticText "同意のチェックを入れると、保存できます。"
    - StaticText "変更の理由(任意)"
    - StaticText "操作ログに残ります。200文字まで。"
    - textbox "変更の理由(任意)" [description=操作ログに残ります。200文字まで。]
    - button "やめる"
    - button "変更を保存する"`;
/* end snapshot welby-staff-role-editor preview-self */

snapshots["welby-staff-role-editor preview-refused"] = 
`- RootWebArea
  - alertdialog "権限の変更の確認" [description=鈴木健一スズキケンイチmember1@minato.example.jp管理者→スタッフ田中美咲タナカミサキmember2@minato.example.jp管理者→スタッフ管理者が1人もいなくなるため、変更できません。利用中の管理者:2人→0人この変更は保存できません。管理者が1人もいなくなるため、変更できません。先に別のスタッフを管理者にしてください。] [modal]
    - heading "権限の変更の確認" [level=2]
    - StaticText "鈴木 健一"
    - StaticText "スズキ ケンイチ"
    - StaticText "member1@minato.example.jp"
    - StaticText "管理者 → スタッフ"
    - StaticText "田中 美咲"
    - StaticText "タナカ ミサキ"
    - StaticText "member2@minato.example.jp"
    - StaticText "管理者 → スタッフ"
    - StaticText "管理者が1人もいなくなるため、変更できません。"
    - StaticText "利用中の管理者: 2人 → 0人"
    - StaticText "この変更は保存できません。"
    - StaticText "管理者が1人もいなくなるため、変更できません。"
    - StaticText "先に別のスタッフを管理者にしてください。"
    - button "編集に戻る"`;
/* end snapshot welby-staff-role-editor preview-refused */

snapshots["welby-staff-role-editor reason-refused"] = 
`- RootWebArea
  - alertdialog "権限の変更の確認" [description=髙橋由美タカハシユミmember3@minato.example.jpスタッフ→管理者利用中の管理者:2人→3人] [modal]
    - heading "権限の変更の確認" [level=2]
    - StaticText "髙橋 由美"
    - StaticText "タカハシ ユミ"
    - StaticText "member3@minato.example.jp"
    - StaticText "スタッフ → 管理者"
    - StaticText "利用中の管理者: 2人 → 3人"
    - StaticText "変更の理由(任意)"
    - StaticText "操作ログに残ります。200文字まで。"
    - textbox "変更の理由(任意)" [description=操作ログに残ります。200文字まで。理由は200文字までです。] [invalid=true]
    - StaticText "理由は200文字までです。"
    - button "やめる"
    - button "変更を保存する"`;
/* end snapshot welby-staff-role-editor reason-refused */

snapshots["welby-staff-role-editor preview-failed"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - alert [atomic] [live=assertive] [relevant=additionstext]
    - StaticText "通信できませんでした。"
    - StaticText "ネットワークの接続をご確認ください。入力した内容は残っています。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "斎藤 あゆみ"
  - StaticText "サイトウ アユミ"
  - StaticText "member4@minato.example.jp"
  - StaticText "招待中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "鈴木 健一"
  - StaticText "スズキ ケンイチ"
  - StaticText "member1@minato.example.jp"
  - StaticText "あなた"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - StaticText "変更あり"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "田中 美咲"
  - StaticText "タナカ ミサキ"
  - StaticText "member2@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更 1件"
  - button "元に戻す"
  - button "変更を確認する" [description=変更1件]`;
/* end snapshot welby-staff-role-editor preview-failed */

snapshots["welby-staff-role-editor saving"] = 
`- RootWebArea
  - alertdialog "権限の変更の確認" [description=髙橋由美タカハシユミmember3@minato.example.jpスタッフ→管理者利用中の管理者:2人→3人] [modal]
    - heading "権限の変更の確認" [level=2]
    - StaticText "髙橋 由美"
    - StaticText "タカハシ ユミ"
    - StaticText "member3@minato.example.jp"
    - StaticText "スタッフ → 管理者"
    - StaticText "利用中の管理者: 2人 → 3人"
    - StaticText "変更の理由(任意)"
    - StaticText "操作ログに残ります。200文字まで。"
    - textbox "変更の理由(任意)" [description=操作ログに残ります。200文字まで。]
    - button "やめる"
    - button "保存しています。" [disabled]`;
/* end snapshot welby-staff-role-editor saving */

snapshots["welby-staff-role-editor step-up"] = 
`- RootWebArea
  - alertdialog "パスワードの再入力" [modal]
    - form "パスワードの再入力"
      - heading "パスワードの再入力" [level=2]
      - StaticText "安全のため、パスワードを入力してください。入力後、そのまま保存を続けます。"
      - StaticText "パスワード"
      - textbox "パスワード" [required]
      - button "パスワードを表示"
      - button "やめる"
      - button "確認して保存する"`;
/* end snapshot welby-staff-role-editor step-up */

snapshots["welby-staff-role-editor step-up-wrong"] = 
`- RootWebArea
  - alertdialog "パスワードの再入力" [modal]
    - form "パスワードの再入力"
      - heading "パスワードの再入力" [level=2]
      - StaticText "安全のため、パスワードを入力してください。入力後、そのまま保存を続けます。"
      - generic
        - StaticText "現在のパスワードが正しくありません。"
        - StaticText "入力内容を確認して、もう一度お試しください。"
      - StaticText "パスワード"
      - textbox "パスワード" [description=現在のパスワードが正しくありません。入力内容を確認して、もう一度お試しください。] [required] [invalid=true]
      - button "パスワードを表示"
      - button "やめる"
      - button "確認して保存する"`;
/* end snapshot welby-staff-role-editor step-up-wrong */

snapshots["welby-staff-role-editor save-refused"] = 
`- RootWebArea
  - alertdialog "権限の変更の確認" [description=髙橋由美タカハシユミmember3@minato.example.jpスタッフ→管理者利用中の管理者:2人→3人] [modal]
    - heading "権限の変更の確認" [level=2]
    - StaticText "髙橋 由美"
    - StaticText "タカハシ ユミ"
    - StaticText "member3@minato.example.jp"
    - StaticText "スタッフ → 管理者"
    - StaticText "利用中の管理者: 2人 → 3人"
    - StaticText "変更の理由(任意)"
    - StaticText "操作ログに残ります。200文字まで。"
    - textbox "変更の理由(任意)" [description=操作ログに残ります。200文字まで。]
    - alert [atomic] [live=assertive] [relevant=additionstext]
      - StaticText "管理者が1人もいなくなるため、変更できません。"
      - StaticText "先に別のスタッフを管理者にしてください。"
      - StaticText "お問い合わせ番号: req-7"
    - button "やめる"
    - button "変更を保存する"`;
/* end snapshot welby-staff-role-editor save-refused */

snapshots["welby-staff-role-editor conflict"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "ほかのスタッフが先に変更したため、まだ保存していません。印の付いた行をご確認ください。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "斎藤 あゆみ"
  - StaticText "サイトウ アユミ"
  - StaticText "member4@minato.example.jp"
  - StaticText "招待中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "鈴木 健一"
  - StaticText "スズキ ケンイチ"
  - StaticText "member1@minato.example.jp"
  - StaticText "あなた"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - StaticText "変更あり"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "田中 美咲さんが"
  - StaticText "<time>"
  - StaticText "に変更しました。"
  - StaticText "現在: スタッフ"
  - LineBreak "
"
  - StaticText "あなたの変更: 管理者"
  - button "最新の内容にする"
  - button "自分の変更を続ける"
  - StaticText "田中 美咲"
  - StaticText "タナカ ミサキ"
  - StaticText "member2@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更 1件"
  - button "元に戻す"
  - button "変更を確認する" [description=変更1件]`;
/* end snapshot welby-staff-role-editor conflict */

snapshots["welby-staff-role-editor saved"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "1件の権限を変更しました。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "斎藤 あゆみ"
  - StaticText "サイトウ アユミ"
  - StaticText "member4@minato.example.jp"
  - StaticText "招待中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "鈴木 健一"
  - StaticText "スズキ ケンイチ"
  - StaticText "member1@minato.example.jp"
  - StaticText "あなた"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "田中 美咲"
  - StaticText "タナカ ミサキ"
  - StaticText "member2@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "1件の権限を変更しました。"
  - button "変更を確認する" [description=1件の権限を変更しました。] [disabled]`;
/* end snapshot welby-staff-role-editor saved */

snapshots["welby-staff-role-editor leaving"] = 
`- RootWebArea
  - alertdialog "保存していない変更があります" [description=このまま移動すると、変更1件が失われます。] [modal]
    - heading "保存していない変更があります" [level=2]
    - StaticText "このまま移動すると、変更1件が失われます。"
    - button "編集を続ける"
    - button "変更を破棄する"`;
/* end snapshot welby-staff-role-editor leaving */

snapshots["welby-staff-role-editor loading"] = 
`- RootWebArea
  - generic [busy]`;
/* end snapshot welby-staff-role-editor loading */

snapshots["welby-staff-role-editor empty"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "スタッフが登録されていません。"`;
/* end snapshot welby-staff-role-editor empty */

snapshots["welby-staff-role-editor error"] = 
`- RootWebArea
  - alert [atomic] [live=assertive] [relevant=additionstext]
    - StaticText "サーバーで問題が起きたため、処理できませんでした。"
    - StaticText "しばらく待ってから、もう一度お試しください。続くときは、お問い合わせ番号を添えてご連絡ください。"
    - StaticText "お問い合わせ番号: req-7"
    - button "もう一度読み込む"`;
/* end snapshot welby-staff-role-editor error */

snapshots["welby-staff-role-editor forbidden"] = 
`- RootWebArea
  - alert [atomic] [live=assertive] [relevant=additionstext]
    - StaticText "この操作を行う権限がありません。"
    - StaticText "管理者にお問い合わせください。"`;
/* end snapshot welby-staff-role-editor forbidden */

snapshots["welby-staff-role-editor offline"] = 
`- RootWebArea
  - alert [atomic] [live=assertive] [relevant=additionstext]
    - StaticText "ネットワークに接続していません。選んだ内容は残っています。"
    - button "もう一度読み込む"`;
/* end snapshot welby-staff-role-editor offline */

snapshots["welby-staff-role-editor refreshing"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "最新の内容を確認しています。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "斎藤 あゆみ"
  - StaticText "サイトウ アユミ"
  - StaticText "member4@minato.example.jp"
  - StaticText "招待中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "鈴木 健一"
  - StaticText "スズキ ケンイチ"
  - StaticText "member1@minato.example.jp"
  - StaticText "あなた"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "田中 美咲"
  - StaticText "タナカ ミサキ"
  - StaticText "member2@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更はありません。"
  - StaticText "権限を選ぶと、変更を確認できます。"
  - button "変更を確認する" [description=変更はありません。権限を選ぶと、変更を確認できます。] [disabled]`;
/* end snapshot welby-staff-role-editor refreshing */

snapshots["welby-staff-role-editor stale"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "最新の内容を確認できませんでした。前回の内容を表示しています。"
  - alert [atomic] [live=assertive] [relevant=additionstext]
    - StaticText "通信できませんでした。"
    - StaticText "ネットワークの接続をご確認ください。入力した内容は残っています。"
    - button "もう一度読み込む"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "斎藤 あゆみ"
  - StaticText "サイトウ アユミ"
  - StaticText "member4@minato.example.jp"
  - StaticText "招待中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "鈴木 健一"
  - StaticText "スズキ ケンイチ"
  - StaticText "member1@minato.example.jp"
  - StaticText "あなた"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "髙橋 由美"
  - StaticText "タカハシ ユミ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "田中 美咲"
  - StaticText "タナカ ミサキ"
  - StaticText "member2@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。] [checked]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更はありません。"
  - StaticText "権限を選ぶと、変更を確認できます。"
  - button "変更を確認する" [description=変更はありません。権限を選ぶと、変更を確認できます。] [disabled]`;
/* end snapshot welby-staff-role-editor stale */

snapshots["welby-staff-role-editor signed-out"] = 
`- RootWebArea
  - status [atomic] [live=polite] [relevant=additionstext]
    - StaticText "ログインしていません。"
    - StaticText "ログインしてください。"`;
/* end snapshot welby-staff-role-editor signed-out */

snapshots["welby-staff-role-editor hostile-names"] = 
`- RootWebArea
  - StaticText "権限は、内容を確認して保存するまで変わりません。"
  - StaticText "氏名・フリガナで絞り込む"
  - searchbox "氏名・フリガナで絞り込む"
  - StaticText "氏名"
  - StaticText "状態"
  - StaticText "権限"
  - StaticText "<img src=x onerror=alert(1)>"
  - StaticText "ア イ"
  - StaticText "member1@minato.example.jp"
  - StaticText "あなた"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "esrever"
  - StaticText "ア イ"
  - StaticText "member2@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長長"
  - StaticText "ア イ"
  - StaticText "member3@minato.example.jp"
  - StaticText "利用中"
  - radio "スタッフ" [description=医療者画面で患者さんの記録とグループを扱えます。] [checked]
  - StaticText "スタッフ"
  - StaticText "医療者画面で患者さんの記録とグループを扱えます。"
  - radio "管理者" [description=スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。]
  - StaticText "管理者"
  - StaticText "スタッフの権限に加えて、管理画面でアカウントと権限を管理できます。"
  - StaticText "変更はありません。"
  - StaticText "権限を選ぶと、変更を確認できます。"
  - button "変更を確認する" [description=変更はありません。権限を選ぶと、変更を確認できます。] [disabled]`;
/* end snapshot welby-staff-role-editor hostile-names */

