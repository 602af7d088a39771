namespace Monitor.Rules.Removal;

/// <content>Atoms of Asian and Semitic languages, and the state names that programs give each other.</content>
public static partial class RemovalPhrases
{
    private static (NoticeHints Hints, string Patterns)[] FurtherWorld =>
    [
        // Indonesian, Malay, Filipino
        (NoticeHints.Negation, "tidak;tak;tiada;bukan;belum;hindi;wala;walang"),
        (NoticeHints.Presence, "ditemukan;dijumpai;tersedia;ditemui;terdaftar;wujud;menemukan;mahanap;nahanap;umiiral"),
        (NoticeHints.Missing, "tidak (ditemukan|dijumpai|tersedia|ada|wujud|dapat (ditemukan|menemukan|dijumpai)|lagi|terdaftar|valid|ditemui)*;tak (ditemukan|ada|tersedia|dijumpai)*;sudah tidak (ada|tersedia)*;halaman (tidak|hilang|yang anda cari)*;pengguna tidak*;hindi (mahanap|nahanap|available)*;wala na*;walang nahanap*"),
        (NoticeHints.Erased, "dihapus*;telah (dipadam|ditutup|ditarik)*;dipadam*;dibuang (oleh|dari)*;inalis*;tinanggal*;kadaluarsa"),
        (NoticeHints.Suspended, "(akun|situs|pengguna|akaun|laman) (ini |telah |sudah |)(ditangguhkan|diblokir|dibekukan|digantung|dinonaktifkan|disuspend)*;ditangguhkan;dibekukan"),
        (NoticeHints.Maintenance, "(dalam|sedang|masa) (perbaikan|pemeliharaan|pemeliharan|penyelenggaraan|maintenance|perawatan)*;pemeliharaan;sedang dalam;akan segera kembali;sementara tidak*"),
        (NoticeHints.Login, "(silakan|silahkan|harus|perlu|mohon) (login|masuk|log in|daftar)*;masuk untuk*;login untuk*;log masuk untuk*"),
        (NoticeHints.Private, "bersifat (pribadi|privat)*;akun (ini |)(privat|pribadi)*;tidak (memiliki|punya|mempunyai) (izin|akses|hak|kebenaran)*"),
        (NoticeHints.Geo, "di (negara|wilayah|lokasi|daerah|kawasan|rantau) (anda|kamu|ini)*"),
        (NoticeHints.CourtBlock, "(situs|laman|akses|website|konten) (ini |ke |)(diblokir|dilarang|disekat|dihalang)*;internet positif;internetpositif;trust positif;trustpositif;kominfo;kementerian*;undang undang;peraturan (perundang|menteri)*;nawala;suruhanjaya*;diblokir;tidak boleh dilayari*;melanggar undang*"),
        (NoticeHints.Bot, "akses ditolak;ip anda*;bukan robot"),
        (NoticeHints.Rate, "terlalu banyak (permintaan|percobaan)*"),
        (NoticeHints.Age, "(berusia|umur|di atas) 18*;18 tahun"),
        (NoticeHints.Parked, "domain (ini |)(dijual|untuk dijual|telah kadaluarsa|diparkir)*"),
        (NoticeHints.Legal, "hak cipta;pelanggaran*"),

        // Japanese
        (NoticeHints.Missing, "見つかりません;見つかりませんでした;見つけられません;見つけることができません;みつかりません;存在しません;存在しない;ありません;ございません;ページがありません;お探しのページ;指定されたページ;表示できません;表示することができません;該当する;無効なurl;非公開または削除;公開を終了;掲載終了;終了しました;ご指定の;利用できません;アクセスしようとした;ユーザーは存在し;いません;移動または削除"),
        (NoticeHints.Erased, "(投稿者|作成者|管理者|運営|本人|著者|ユーザー|所有者)(により|によって|が|の手により)削除;規約違反(により|のため)(削除|非表示);削除され;削除した;削除済;消去され;退会し;退会済;閉鎖;削除いたしました;公開が終了;取り下げ"),
        (NoticeHints.Suspended, "凍結;停止され;利用停止;アカウント停止"),
        (NoticeHints.Private, "非公開;プライベート;権限がありません;限定公開;会員限定;フォロワー限定;閲覧権限;鍵アカウント;許可されていません;公開範囲"),
        (NoticeHints.Login, "ログインしてください;ログインが必要;ログインする必要;ログインして;会員登録が必要;サインインして"),
        (NoticeHints.Geo, "お住まいの国;お住まいの地域;お使いの地域;お客様の国;お客様の地域;国または地域;海外からの;日本国内;国外から"),
        (NoticeHints.Age, "18歳;年齢確認;成人向け;未成年;年齢制限"),
        (NoticeHints.Captcha, "ロボットではありません;ロボットでは;画像認証"),
        (NoticeHints.Bot, "アクセスが拒否;アクセスを拒否;アクセス拒否;アクセスが制限;不正なアクセス;アクセスできません;ブロックされ;ブラウザを確認"),
        (NoticeHints.CourtBlock, "児童ポルノ;閲覧できない措置;ブロッキング;有害サイト"),
        (NoticeHints.Rate, "リクエストが多すぎ;アクセスが集中;回数制限;アクセス集中"),
        (NoticeHints.Maintenance, "メンテナンス;しばらくお待ち;しばらくしてから;一時的に;準備中;工事中;混雑"),
        (NoticeHints.Parked, "ドメインは販売;ドメインの有効期限;このドメイン;ドメイン販売;ドメインは"),
        (NoticeHints.Legal, "権利者;著作権;申し立て;申立て;権利侵害"),

        // Chinese
        (NoticeHints.Missing, "不存在;找不到;未找到;没有找到;沒有找到;无法找到;無法找到;已不存在;不在了;无法访问;页面丢失;頁面遺失;无效的;查无此人;查無此;没有此;没有这个;不再可用;已失效;已过期;失效了;链接失效;走丢了;不見了;不见了;尚未注册;未注册;无此用户;无法显示;已下架;已停用;用户不存在;该页面不;不翼而飞;您访问的页面;内容不可用;無法顯示;并不存在"),
        (NoticeHints.Erased, "被(作者|用户|管理员|发布者|楼主|系统|博主|版主|上传者|所有者|发帖人|原作者|up主|平台|官方|举报)删除;(作者|用户|发布者|楼主|博主|上传者|管理员|版主|本人)(已|自行|主动|已经|已将其|将其|)(删除|刪除|移除|撤回|下架);(因|由于|涉嫌|)(违规|侵权|违法|违反规定)(已|已被|被|而被|)(删除|下架|移除|屏蔽);被作者刪除;被管理員刪除;已删除;被删除;已刪除;被刪除;已经删除;删除了;刪除了;已移除;被移除;已注销;已註銷;注销了;已下线;被下线;被撤回;遭刪除;已关闭;已關閉"),
        (NoticeHints.Suspended, "已被封;被封禁;封号;账号被;帐号被;帳號被;已冻结;被冻结;停權;已停权;被禁用;账号异常;违规已被;网站已被暂停;网站暂停;已被停用"),
        (NoticeHints.Private, "私密;隐私设置;隱私設定;没有权限;沒有權限;无权;無權;权限不足;權限不足;仅限会员;仅对;仅好友;僅限;不公开;未公开;限制了访问;需要密码;受保护;好友可见;會員專屬;粉丝可见;无访问权限"),
        (NoticeHints.Login, "请先登录;請先登入;请登录;請登入;登录后;登入後;需要登录;需要登入;登录才能;您需要登录;尚未登录;未登录"),
        (NoticeHints.Geo, "您所在的地区;您所在的国家;你所在的地区;你所在的国家;您所在地区;所在的地區;所在國家;所在地区;该地区;地区限制;地區限制;版权地区;仅限中国大陆;区域限制;本地区;您的地區;您的国家"),
        (NoticeHints.Age, "年满18;年滿18;未满18;未滿18;18岁;18歲;成年人;年龄限制;年齡限制;年龄验证"),
        (NoticeHints.Captcha, "验证码;驗證碼;安全验证;安全驗證;人机验证;人機驗證;不是机器人;不是機器人;滑动验证;拖动滑块;拖動滑塊;验证您是"),
        (NoticeHints.Bot, "访问被拒绝;訪問被拒絕;拒绝访问;拒絕存取;访问异常;异常访问;环境异常;网络环境;您的ip;访问受限;请求被拦截;已被拦截;存取被拒;异常流量;異常流量;防火墙;ip地址"),
        (NoticeHints.CourtBlock, "法律法规;法律規定;违法;有关部门;根据相关;依法;主管機關;該網站已被;该网站已被;封锁;封鎖;禁止访问;停止解析;未备案;诈骗"),
        (NoticeHints.Rate, "请求过于频繁;訪問頻繁;访问过于频繁;操作频繁;操作太频繁;太频繁;过于频繁;請求次數;請求過多;请求过多"),
        (NoticeHints.Maintenance, "维护中;維護中;系统维护;系統維護;正在维护;正在維護;升级中;升級中;稍后再试;稍後再試;暂时无法;暫時無法;暂停服务;暫停服務;系统升级;停机维护"),
        (NoticeHints.Parked, "域名出售;域名正在出售;本域名;此域名;该域名;購買此網域;网域出售;網域出售;域名停放;域名已过期;域名转让"),
        (NoticeHints.Legal, "版权;版權;著作权;著作權;侵权;侵權;权利人;權利人"),

        // Korean
        (NoticeHints.Missing, "찾을 수 없*;찾지 못*;존재하지 않*;없는 (페이지|회원|사용자|게시|주소|아이디|블로그|계정|글|채널)*;없습니다;없는 페이지입니다;페이지가 없*;이용할 수 없*;사용할 수 없*;유효하지 않*;잘못된 (주소|접근|경로|url)*;표시할 수 없*;만료되*;없거나*;존재 하지 않*;볼 수 없*"),
        (NoticeHints.Erased, "삭제되*;삭제된*;삭제됐*;삭제하*;탈퇴한*;탈퇴하*;폐쇄*;게시가 중단*;종료되*;종료된*;내려갔*;지워*"),
        (NoticeHints.Suspended, "정지된*;정지되*;이용이 제한된*;이용 정지*;차단된 (계정|사용자|회원)*;이용제한*"),
        (NoticeHints.Private, "비공개*;권한이 없*;권한이 필요*;회원만*;친구만*;멤버십*;비밀글*;이웃공개*;공개되지 않은*;허용되지 않*"),
        (NoticeHints.Login, "로그인이 필요*;로그인 후*;로그인하*;로그인해*;로그인 하*"),
        (NoticeHints.Geo, "국가에서*;지역에서*;해당 국가*;해당 지역*;거주 국가*;해외에서*"),
        (NoticeHints.Age, "19세*;성인 인증*;성인인증*;청소년*;연령 제한*;연령제한*;만 18*"),
        (NoticeHints.Captcha, "로봇이 아닙*;로봇이 아님*;자동입력 방지*;보안문자*;자동 입력 방지*"),
        (NoticeHints.Bot, "접근이 거부*;접근이 차단*;접속이 차단*;비정상적인*;액세스가 거부*;접근 거부*;접속 차단*;귀하의 ip*"),
        (NoticeHints.CourtBlock, "불법 유해*;불법·유해*;불법;유해정보*;방송통신심의*;경찰청*;warning or kr"),
        (NoticeHints.Rate, "요청이 너무 많*;너무 많은 요청*;잠시 후 다시*"),
        (NoticeHints.Maintenance, "점검 중*;점검중*;서버 점검*;시스템 점검*;정기 점검*;정기점검*;일시적으로*;준비 중*;준비중*;공사중*"),
        (NoticeHints.Parked, "도메인 판매*;도메인이 만료*;도메인을 구매*"),
        (NoticeHints.Legal, "저작권*;권리자*;권리침해*;게시중단*"),

        // Thai
        (NoticeHints.Missing, "ไม่พบ;ไม่มีอยู่;ไม่มีหน้า;ไม่มีผู้ใช้;ไม่มีข้อมูล;ไม่สามารถค้นหา;ไม่สามารถใช้งาน;ไม่พร้อมใช้งาน;หาไม่พบ;หาไม่เจอ;ไม่เจอ;ไม่ถูกต้อง;ไม่มีในระบบ;หมดอายุ"),
        (NoticeHints.Erased, "ถูกลบ;ลบไปแล้ว;ถูกนำออก;ลบแล้ว;ถูกยกเลิก;ถูกปิด;ปิดประกาศ"),
        (NoticeHints.Suspended, "ถูกระงับ;ระงับการใช้งาน;ถูกแบน;โดนแบน"),
        (NoticeHints.Private, "ส่วนตัว;ไม่มีสิทธิ์;เฉพาะสมาชิก;เฉพาะเพื่อน;ไม่ได้รับอนุญาต"),
        (NoticeHints.Login, "กรุณาเข้าสู่ระบบ;โปรดเข้าสู่ระบบ;ต้องเข้าสู่ระบบ;เข้าสู่ระบบเพื่อ;กรุณาล็อกอิน;กรุณา login;ต้องล็อกอิน;สมัครสมาชิกก่อน"),
        (NoticeHints.Geo, "ในประเทศของคุณ;ในภูมิภาคของคุณ;ในพื้นที่ของคุณ"),
        (NoticeHints.CourtBlock, "กระทรวง;คำสั่งศาล;ถูกระงับการเผยแพร่;ผิดกฎหมาย;พระราชบัญญัติ;ปิดกั้น;ถูกปิดกั้น"),
        (NoticeHints.Maintenance, "ปิดปรับปรุง;กำลังปรับปรุง;ปรับปรุงระบบ;บำรุงรักษา;ชั่วคราว;ลองใหม่อีกครั้ง"),
        (NoticeHints.Age, "18 ปี;อายุ 18;อายุต่ำกว่า"),
        (NoticeHints.Captcha, "ไม่ใช่โปรแกรมอัตโนมัติ;ไม่ใช่หุ่นยนต์"),
        (NoticeHints.Bot, "ปฏิเสธการเข้าถึง;การเข้าถึงถูกปฏิเสธ;ไอพีของคุณ"),
        (NoticeHints.Rate, "คำขอมากเกินไป;บ่อยเกินไป"),
        (NoticeHints.Legal, "ลิขสิทธิ์"),

        // Khmer, Lao (neighbours)
        (NoticeHints.Missing, "រកមិនឃើញ;មិនមាន;ບໍ່ພົບ"),
        (NoticeHints.Erased, "ត្រូវបានលុប;ຖືກລຶບ"),
        (NoticeHints.Private, "ឯកជន;ສ່ວນຕົວ"),

        // Arabic, Persian, Hebrew, Urdu
        (NoticeHints.Missing, "غير موجود*;غير متوفر*;غير متاح*;لم يتم العثور*;لا يوجد*;لا توجد*;لم نتمكن من*;غير صالح*;الصفحة غير*;لم نعثر*;ليس موجود*;انتهت صلاحي*;یافت نشد*;پیدا نشد*;وجود ندارد*;موجود نیست*;در دسترس نیست*;لא נמצא*;לא נמצא*;לא קיים*;לא קיימת*;אינו קיים*;אינה קיימת*;לא זמין*;אינו זמין*;موجود نہیں*;نہیں ملا*;غلط رابط*"),
        (NoticeHints.Erased, "تم حذف*;تمت إزالة*;تم إزالة*;تمت ازالة*;محذوف*;حذف شده*;حذف شد*;پاک شده*;הוסר*;נמחק*;حذف کر*"),
        (NoticeHints.Suspended, "تم (إيقاف|ايقاف|تعليق|حظر)*;الحساب موقوف*;حساب موقوف*;مسدود شده*;مسدود شد*;معلق شده*;הושעה*;נחסם*;حساب معلق*"),
        (NoticeHints.Private, "هذا الحساب خاص*;هذا (المنشور|الفيديو|الملف|المحتوى|الألبوم) خاص;هذه (الصفحة|الصورة|المجموعة) خاصة;ليس لديك (صلاحية|إذن|الصلاحية)*;لا تملك (صلاحية|الصلاحية)*;خصوصی*;دسترسی ندارید*;פרטי;אין לך הרשא*"),
        (NoticeHints.Login, "(يرجى|الرجاء|يجب) (تسجيل|عليك تسجيل|الدخول)*;تسجيل الدخول (ل|أولا|من)*;(لطفا|باید) (وارد|ابتدا وارد|ثبت نام)*;יש להתחבר*;נא להתחבר*;התחבר כדי*"),
        (NoticeHints.Geo, "في (بلدك|بلدكم|منطقتك|دولتك)*;في منطقتك;در کشور شما;در منطقه شما;במדינה שלך;באזור שלך;במדינתך"),
        (NoticeHints.CourtBlock, "تم حجب*;محجوب*;هذا الموقع (محجوب|غير مسموح|ممنوع)*;الموقع المطلوب*;قانون*;هيئة*;هیئت*;פרשת*;צו בית*;מבצעים חסימה;الحظر;تنظيم الاتصالات*;مسدود;دسترسی به این (سایت|تارنما|وب)*;فیلتر*;peyvandha"),
        (NoticeHints.Bot, "تم رفض (الوصول|الدخول)*;الوصول مرفوض*;دسترسی غیرمجاز*;دسترسی شما*;הגישה נדחתה*;הגישה נחסמה*"),
        (NoticeHints.Captcha, "لست روبوت*;أنك لست*;من ربات نیستم*;ربات نیستید*;אינני רובוט*;אני לא רובוט*"),
        (NoticeHints.Maintenance, "تحت الصيانة*;قيد الصيانة*;صيانة*;نعود قريبا*;سنعود قريبا*;مؤقتا;در دست (تعمیر|ساخت|بروزرسانی)*;به زودی باز*;בתחזוקה*;תחזוקה*;נחזור בקרוב*"),
        (NoticeHints.Rate, "طلبات كثيرة*;الكثير من الطلبات*;درخواست های زیاد*;تعداد درخواست*;יותר מדי בקשות*"),
        (NoticeHints.Age, "18 عاما*;18 سنة*;فوق 18*;بالای 18*;מעל גיל 18*;גיל 18*"),
        (NoticeHints.Parked, "النطاق للبيع*;(دامنه|دامین) (برای فروش|فروشی|بفروش)*;הדומיין (למכירה|הזה)*"),
        (NoticeHints.Legal, "حقوق (النشر|الملكية|الطبع|مؤلف)*;זכויות יוצרים*"),

        // Hindi, Bengali
        (NoticeHints.Missing, "नहीं मिला*;नहीं मिली*;मौजूद नहीं*;उपलब्ध नहीं*;अस्तित्व में नहीं*;পাওয়া যায়নি*;খুঁজে পাওয়া*;বিদ্যমান নেই*"),
        (NoticeHints.Erased, "हटा दिया*;हटा दी*;हटाया गया*;মুছে ফেলা*;সরানো হয়েছে*"),
        (NoticeHints.Private, "निजी हो*;निजी है*"),
        (NoticeHints.Geo, "आपके देश*;আপনার দেশ*"),
        (NoticeHints.Login, "लॉग इन करें*;লগ ইন করুন*"),

        // Latvian, Lithuanian, Estonian, Georgian, Armenian, Azerbaijani, Kazakh, Uzbek, Mongolian, Albanian
        (NoticeHints.Missing, "nav atrast*;neeksistē*;nerasta*;nerastas;neegzistuoja*;ei leitud;ei leia;pole olemas*;ei eksisteeri;არ მოიძებნა*;ვერ მოიძებნა*;არ არსებობს*;չի գտնվել*;գոյություն չունի*;tapılmadı*;mövcud deyil*;табылмады*;табылған жоқ;topilmadi*;mavjud emas*;олдсонгүй*;байхгүй*;nuk u gjet*;nuk ekziston*"),
        (NoticeHints.Erased, "dzēst*;ištrint*;pašalint*;kustutatud*;eemaldatud*;silinib;silinmişdir;жойылды*;жойылған*;o chirilgan*;устгагдсан*;fshirë;წაშლილია*;ջնջված*"),
    ];

    /// <summary>Names of states in JSON, taken apart into words: "RIGHT_HOLDER_DELETE_VIDEO" is read as "right holder delete video".</summary>
    private static (NoticeHints Hints, string Patterns)[] StateCodes =>
    [
        (NoticeHints.Missing, "not found;notfound;not exist;no such;unknown (user|video|post|channel|message|member|page);does not exist;unavailable;gone;missing;nonexist*;non exist*;empty (timeline|result)"),
        (NoticeHints.Erased, "deleted;delete;removed;remove;taken down;takedown;tombstone;tweet tombstone;purged;withdrawn;erased;deactivated;bounced;bounce deleted"),
        (NoticeHints.Suspended, "suspended;banned;terminated;account disabled;disabled account;blocked user;user blocked;frozen"),
        (NoticeHints.Private, "private;protected;not authorized;unauthorized;permission;permissions;members only;subscriber only;subscribers only;premium only;friends only;hidden;access denied;not public;unlisted;channel members;ppv;paid;payment required"),
        (NoticeHints.Login, "login required;logged out;loggedout;login;auth required;authentication;unauthenticated;not logged in;sign in;signin;session expired;invalid token;token"),
        (NoticeHints.Age, "age;nsfw;nsfw logged out;adult;sensitive;age restricted;age verification required;age check required;content check required;harmful content;mature"),
        (NoticeHints.Geo, "country;countries;geo;region;domestic video;location;territory;withheld;foreign;overseas;legal restriction;blocked in"),
        (NoticeHints.Captcha, "captcha;challenge required;verify human"),
        (NoticeHints.Bot, "bot;robot;blocked;spam;checkpoint;challenge;suspicious"),
        (NoticeHints.Rate, "rate limit;rate limited;ratelimit;too many;quota;throttled;limit exceeded;flood"),
        (NoticeHints.Maintenance, "maintenance;temporarily;unplayable;live stream offline;offline;overloaded;busy;upcoming"),
        (NoticeHints.ServerFault, "internal;server error;internal server error;backend;timeout"),
        (NoticeHints.Legal, "copyright;right holder;rights holder;rightholder;rightsholder;dmca;legal;court;trademark;claim;infringement"),
    ];
}
