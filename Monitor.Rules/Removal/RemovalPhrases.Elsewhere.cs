namespace Monitor.Rules.Removal;

/// <content>
/// Words that take a notice of removal back: the item is shown to some, in an app, under a new link, at another address, or only a part of it is gone.
/// And "or", behind which a cause may stand that leaves it alive.
/// </content>
public static partial class RemovalPhrases
{
    private static (NoticeHints Hints, string Patterns)[] Elsewhere =>
    [
        // In the site's app only
        (NoticeHints.Private,
            "open (it|this|the (post|video|link|page|photo)|this (post|video|page|photo)) (in|with|on) (the|our|your|app)*;(in|with|through|on|via) (the|our) (mobile |)app to (see|view|watch|read|open|continue)*;(open|get|download|install|use) (the|our) (mobile |)app to (see|view|watch|read|open|continue)*;only (available|viewable|accessible|shown|visible|supported) (in|on|through|via) (the|our) (mobile |)app*;(only be|be only) (viewed|seen|watched|opened|accessed|played|read) (in|on|through|via|with) (the|our)*;"
            + "(not|currently not) (available|viewable|supported|accessible|shown) (on|in|for) (the web|web|this browser|your browser|the browser|browsers|this device|your device|desktop|mobile|this platform)*;unavailable (on|in|for) (the web|web|this browser|your browser|the browser|this device|your device|desktop|mobile)*;(watch|view|see|read) (it|this|this (video|post|page|content|photo)|the (video|post|photo)) (in|on|with) (the|our) (mobile |)app*;scan (the|this) (qr|code)*;(displayed|shown|opened|viewed|played) in (a|the|this|your) browser*;"
            + "(không|chưa) (xem|mở|hiển thị|hỗ trợ|phát) được (trên|bằng|ở) (trình duyệt|web|máy tính|thiết bị)*;(không khả dụng|không có|không hỗ trợ) (trên|cho) (trình duyệt|web|thiết bị|máy tính)*;chỉ (xem|mở|có|hiển thị|hỗ trợ) (được |)(trên|trong|ở|bằng) (ứng dụng|app)*;(mở|xem|tiếp tục) (trong|trên|bằng) (ứng dụng|app)*;mở ứng dụng*;(tải|cài|dùng|cài đặt) (ứng dụng|app) (để|về để|mới)*;quét mã (qr|để)*;"
            + "(abre|abra|abrir) (la|nuestra|o|nosso) (aplicación|app|aplicativo)*;(en|desde) la (aplicación|app)*;(no aplicativo|pelo aplicativo|pelo app);en (el|tu|este) (navegador|dispositivo)*;(no|neste|em seu) (navegador|dispositivo)*;(buka|lihat|tonton) (di|lewat|melalui|dalam) (aplikasi|app)*;di (browser|peramban|perangkat ini)*;dans l (application|appli)*;ouvr(ez|ir) l (application|appli)*;sur (ce navigateur|le web|cet appareil)*;in der app;in (diesem|deinem|ihrem) browser*;auf diesem gerät*;в приложении;в браузере;uygulamada*;uygulamayı (aç|indir)*;tarayıcı(da|nızda)*;ในแอป;在app;在应用;在客户端;アプリで;앱에서*;앱으로*"),

        // A link, a request or a right ran out: a new one opens the item
        (NoticeHints.Private,
            "(preview|trial|access|viewing|rental|subscription) (period|time|window)*;(request|get|ask for|generate|create|obtain|send|need|issue) (a |another |me a |)(new|fresh) (one|link|url|invite|invitation|download|share)*;for (a |another )(new|fresh) (one|link|url|invite|invitation)*;(request|signature|token) (has |is |has already |)expired;access (to this (file|page|video|album|folder|content|link|item|share) |to this |)(has |)expired;"
            + "(yêu cầu|xin|lấy|tạo|nhận|gửi) (lại |)(một |)(liên kết|đường dẫn|link|đường link|lời mời) mới*;(quyền|lượt) (xem|truy cập|tải) (đã |)hết hạn*;"
            + "(solicita|solicite|pide|pida|obtén|genera|genere) (un enlace nuevo|un nuevo enlace|uno nuevo|otro)*;(solicite|peça|gere|obtenha) (um novo|outro) (link|)*;demande(z|r) un nouveau (lien|)*;neuen link (anfordern|erzeugen|erstellen)*;(minta|dapatkan|buat) (tautan|link) baru*"),

        (NoticeHints.Login,
            "(la |tu |su |)sesión (ha |)(caducad|expirad)*;(sua |a |)sessão (expirou|expirad)*;session (a expiré|expirée)*;sitzung (ist |)abgelaufen*;сессия (истекла|завершена)*;sesi (anda |)(telah |sudah |)(berakhir|habis)*;oturum(un|unuz|) süresi*;会话已过期;세션이 만료*;セッションの有効期限*;セッションが切れ*;เซสชันหมดอายุ;phiên (của bạn |)(đã |)hết hạn*"),

        // Shared with some only
        (NoticeHints.Private,
            "nur für einen (kleinen|bestimmten)*;(solo|sólo|apenas|somente|soltanto) (para|con|com|per|a|visible|visível|visibile)*;hanya (dibagikan|untuk|dapat dilihat|terlihat)*;yalnızca (belirli|küçük|arkadaş|seçil|takipçi|üye)*;أنه خاص;أو خاص;أو خاصة;(فقط|لفئة) (ل|مع)*;มองเห็นได้เฉพาะ;แชร์กับ;กลุ่มเล็ก;ចែករំលែកជាមួយ;សម្រាប់តែ;ແບ່ງປັນໃຫ້;ສະເພາະ;केवल कुछ*;केवल (मित्र|सदस्य)*;सीमित*"),

        (NoticeHints.Deictic, "यह (पोस्ट|सामग्री|पृष्ठ|पेज|वीडियो|खाता)*;इस (पोस्ट|सामग्री|पृष्ठ|पेज|वीडियो|खाते)*"),

        // Parts of an item
        (NoticeHints.Part,
            "audio;sound;soundtrack;audio track;music;background music;subtitle;subtitles;captions;closed captions;voice over;thumbnail;caption;âm thanh;nhạc nền;bản nhạc;tiếng;phụ đề;lồng tiếng;sonido;música;subtítulos;som;trilha sonora;legendas;le son;la musique;sous titres;der ton;die musik;untertitel;musik;suara;ses;müzik;altyazı;звук;музыка;субтитры;音声;字幕;音乐;音樂;声音;음악;소리;자막;เสียง"),

        // At another address
        (NoticeHints.Moved,
            "(has|have|was|been|s|ve|is|are|just) moved to;moved to (a|our|the|its|this|another) *;(has|have) moved;we ve moved;has been moved;(been|was|were|is) relocated;(new|current) (location|address|home|url) (is |)*;now (live|lives|located|hosted|found|available) (at|on) *;now be found (at|on|under) *;(đã |được |đã được |vừa |)(chuyển|dời) (sang|đến|tới|về|qua) (địa chỉ|trang|tên miền|website|web|chuyên mục|mục|link|đường dẫn|nhà|kênh|tài khoản|diễn đàn|chủ đề)*;địa chỉ mới;đã chuyển nhà;"
            + "se ha (mudado|trasladado) a*;(mudou|mudamos) (se |)para*;a déménagé*;(ist|sind) umgezogen*;(telah |)(pindah|dipindahkan) ke*;переехал*;taşındı*"),
        (NoticeHints.Stray,
            "moved;renamed;mistyped;di chuyển;đổi (tên|địa chỉ|đường dẫn)*;(sai|nhầm) (địa chỉ|đường dẫn|link)*;retirad*;suprimid*;borrad*;dad(o|a) de baja*;retiré*;effacé*;enlevé*;entfernt*;verwijderd*;убран*;снят*;изъят*;не (создан|опубликован)*;(cambiado|cambió) de*;movid(o|a)*;trasladad*;(dirección|url|enlace) (es |)(incorrect|erróne|mal)*;(mudou|mudado) de*;(endereço|url|link) (está |)(incorret|errad|inválid)*;changé d*;déplac*;renomm*;(adresse|url|lien) (est |)(incorrect|erroné|invalid)*;mauvais(e|) (adresse|lien|url)*;spostat*;rinominat*;(indirizzo|url) (è |)(errat|sbagliat|non)*;verschoben;umbenannt;(falsch|fehlerhaft)*;verplaatst*;verkeerd*;flytta*;flyttet*;przenies*;przesuni*;błędn*;přesunut*;chybn*;áthelyez*;перемещ*;перенес*;переимен*;(неправильн|неверн)*;неверно;ошиблись;dipindah*;salah;taşın*;yanlış*;hatalı*;移動;移动;移至;迁移;输入错误;错误;誤り;間違*;이동*;잘못*;변경*;ย้าย;ไม่ถูกต้อง;نقل*;خاطئ*;خطأ;स्थानांतरित*;गलत*"),
        (NoticeHints.Hedge, "may;might;could;perhaps;maybe;possibly;probably;can be;có thể;có lẽ;hình như;puede*;podría*;quizá*;pode;poderia;talvez;peut;pourrait;könnte;möglicherweise;vielleicht;può;potrebbe;mungkin;olabilir;возможно;может*;могла;могли;かもしれません;可能性;可能;수 있습니다;อาจ;قد;ربما;शायद*"),

        // Offered from elsewhere
        (NoticeHints.Mirror,
            "mirror;mirrors;mirror link;mirror links;(backup|alternate|alternative|working|second|another) (link|links|mirror|source|server|host|copy|download)*;re upload*;reupload*;re uploaded;(archived|cached|saved) (copy|version)*;(server|host|source) (2|3|4)*;download all*;(link|liên kết|đường dẫn|bản|nguồn|máy chủ|server) (dự phòng|thay thế|sao lưu|phụ|khác|2|3|4)*;bản (lưu|sao) (ở|tại)*;tải (toàn bộ|tất cả)*;up lại;đăng lại (ở|tại)*;(enlace|link) alternativo*;espejo;lien (alternatif|miroir)*;зеркало;запасная ссылка;镜像;備用;备用"),

        // "or"
        (NoticeHints.OtherAlternative, "o;u;ou;oppure;sau;sau că;oder;of;eller;tai;vagy;lub;albo;nebo;alebo;ali;или;либо;або;чи;atau;ya da;veya;yahut;أو;یا;או;है या;हैं या;गई या;অথবা;หรือ;ຫຼື ເຈົ້າຂອງ;ຫຼື ຜູ້;ឬ;或;或者;或是;または;もしくは;あるいは;또는;혹은"),
    ];
}
