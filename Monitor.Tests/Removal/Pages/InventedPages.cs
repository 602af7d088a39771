using Monitor.Rules.Removal;

namespace Monitor.Tests.Removal.Pages;

/// <summary>Pages of made-up sites in many languages, written for these tests.</summary>
internal static class InventedPages
{
    private const string Aside = "<aside><h3>Xem thêm</h3><ul><li><a href=\"/1\">Lồng đèn giấy</a></li><li><a href=\"/2\">Chợ hoa ven sông</a></li></ul></aside><footer><p>© Làng Nghề</p></footer>";

    public static IReadOnlyList<InventedPage> All { get; } =
    [
        // Gone by status
        new("nginx 404", Liveness.Gone, "https://kho.example/a/17", "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>") { Status = 404 },
        new("410 without words", Liveness.Gone, "https://kho.example/a/18", "<html><body><p>Dieser Eintrag.</p></body></html>") { Status = 410, Reason = LivenessReason.Gone410 },
        new("404 with a login link", Liveness.Gone, "https://dd.example/t/9", Page("Không có trang này", "<p>Liên kết này không dẫn tới đâu cả.</p>", "<a href=\"/login\">Đăng nhập</a>")) { Status = 404 },
        new("404 in Finnish", Liveness.Gone, "https://kauppa.example/x", Page("Hups", "<p>Etsimääsi sivua ei löydy.</p>")) { Status = 404 },
        new("404 with a search form and suggestions", Liveness.Gone, "https://shop.example/lamp/77", Page("We looked everywhere", "<h1>We looked everywhere</h1><p>This lamp is not in our shop.</p><form><input type=\"search\"></form><ul><li><a href=\"/b\">Blue lamp</a></li></ul>")) { Status = 404 },
        new("451 deleted for everyone", Liveness.Gone, "https://clip.example/v/12", Page("Clip removed", "<p>This clip has been removed at the request of the rights holder.</p>")) { Status = 451, Reason = LivenessReason.Legal451 },
        new("403 disabled for everyone", Liveness.Gone, "https://clip.example/v/13", Page("Unavailable", "<p>This recording was taken down following a court order and a DMCA notice.</p>")) { Status = 403, Reason = LivenessReason.Legal451 },

        // Soft 404 and tombstones
        new("vi soft 404", Liveness.ProbablyGone, "https://bao.example.vn/tin/88", Page("Lỗi 404", "<h1>Ôi, trang đi lạc rồi</h1><p>Địa chỉ bạn nhập không tồn tại trên hệ thống.</p>")),
        new("vi tombstone", Liveness.ProbablyGone, "https://anh.example.vn/p/5", Page("Ảnh", "<div><p>Ảnh này đã được chủ nhân gỡ xuống.</p></div>")),
        new("vi without marks", Liveness.ProbablyGone, "https://kenh.example.vn/p/5", Page("Thong bao", "<p>Bai viet khong ton tai hoac da bi xoa.</p>")),
        new("vi user missing", Liveness.ProbablyGone, "https://mxh.example.vn/@lamvien88", Page("Mạng xã hội Đồng Xanh", "<p>Không tìm thấy người dùng mà bạn cần.</p>")),
        new("en profile missing", Liveness.ProbablyGone, "https://knit.example/u/woolly9", Page("KnitTogether", "<p>Hmm, nobody with that handle knits here.</p><p>We couldn't find the member you asked for.</p>")),
        new("en tombstone keeps title", Liveness.ProbablyGone, "https://tube.example/watch?v=Zk12x", Page("Paper boat race in the old harbour - Tube", "<h1>Paper boat race in the old harbour</h1><p>This video has been deleted by its owner.</p>")),
        new("en thread removed", Liveness.ProbablyGone, "https://board.example/t/71", Page("Information", "<p>This thread was removed by a moderator.</p>")) { Reason = LivenessReason.Tombstone },
        new("de user", Liveness.ProbablyGone, "https://garten.example/mitglied/rosenfee", Page("Gartenfreunde", "<p>Dieses Mitglied existiert leider nicht.</p>")),
        new("fr page", Liveness.ProbablyGone, "https://cuisine.example/r/771", Page("Cuisine du marché", "<h1>Aïe !</h1><p>La recette demandée n'existe plus ou a été supprimée.</p>")),
        new("es user", Liveness.ProbablyGone, "https://foro.example/u/pez", Page("Foro del Lago", "<p>El usuario que buscas no existe.</p>")),
        new("pt ad", Liveness.ProbablyGone, "https://feira.example/a/31", Page("Feira Livre", "<p>Este anúncio foi removido pelo anunciante.</p>")),
        new("it page", Liveness.ProbablyGone, "https://viaggi.example/p/3", Page("Viaggi Lenti", "<p>Spiacenti, la pagina richiesta non è stata trovata.</p>")),
        new("ru video", Liveness.ProbablyGone, "https://kino.example/v/9", Page("Кино двор", "<p>Видео было удалено автором.</p>")),
        new("ru user", Liveness.ProbablyGone, "https://shahmaty.example/u/slon5", Page("Шахматный клуб", "<p>Такого участника нет: пользователь не найден.</p>")),
        new("uk page", Liveness.ProbablyGone, "https://sad.example/s/4", Page("Сад і город", "<p>Сторінку не знайдено</p>")),
        new("cs page", Liveness.ProbablyGone, "https://kola.example/p/4", Page("Kola a cesty", "<p>Požadovaná stránka nebyla nalezena.</p>")),
        new("nl user", Liveness.ProbablyGone, "https://tuin.example/u/bloem", Page("Tuinplein", "<p>Deze gebruiker bestaat niet meer.</p>")),
        new("sv page", Liveness.ProbablyGone, "https://fika.example/p/2", Page("Fikabordet", "<p>Sidan du letar efter finns inte.</p>")),
        new("tr user", Liveness.ProbablyGone, "https://pazar.example/u/kedi7", Page("Pazar Yeri", "<p>Aradığınız kullanıcı bulunamadı.</p>")),
        new("id page", Liveness.ProbablyGone, "https://warung.example/p/2", Page("Warung Kita", "<p>Halaman yang Anda cari tidak ditemukan.</p>")),
        new("ja page", Liveness.ProbablyGone, "https://niwa.example/p/2", Page("庭の会", "<p>お探しのページは見つかりませんでした。</p>")),
        new("zh user", Liveness.ProbablyGone, "https://hua.example/u/88", Page("花园", "<p>抱歉，该用户不存在。</p>")),
        new("ko post", Liveness.ProbablyGone, "https://kkot.example/p/88", Page("꽃밭", "<p>삭제된 게시물입니다.</p>")),
        new("th page", Liveness.ProbablyGone, "https://talat.example/p/88", Page("ตลาดนัด", "<p>ไม่พบหน้าที่คุณต้องการ</p>")),
        new("ar user", Liveness.ProbablyGone, "https://souq.example/u/88", Page("سوق", "<p>هذا المستخدم غير موجود.</p>")),
        new("el page", Liveness.ProbablyGone, "https://agora.example/p/8", Page("Αγορά", "<p>Η σελίδα δεν βρέθηκε.</p>")),
        new("hu page", Liveness.ProbablyGone, "https://piac.example/p/8", Page("Piactér", "<p>A keresett oldal nem található.</p>")),
        new("title alone says it", Liveness.ProbablyGone, "https://zine.example/i/4", Page("Page not found", "<p>Zzz</p>")),
        new("error address", Liveness.ProbablyGone, "https://zine.example/i/5", Page("Zine", "<p>Kikimora bulbul trallala</p>")) { FinalUrl = "https://zine.example/404.html" },
        new("suspended account", Liveness.ProbablyGone, "https://mxh.example/@ngoc", Page("Mạng xã hội Đồng Xanh", "<p>Tài khoản này đã bị khóa do vi phạm tiêu chuẩn cộng đồng.</p>")) { Reason = LivenessReason.AccountSuspended },
        new("suspended hosting", Liveness.ProbablyGone, "http://quanao.example/", Page("Account Suspended", "<h1>This website has been suspended.</h1><p>Please contact your hosting provider's billing department.</p>")) { Reason = LivenessReason.AccountSuspended },
        new("parked", Liveness.ProbablyGone, "http://cu-ky.example/bai/3", Page("cu-ky.example", "<h1>cu-ky.example</h1><p>This domain name is for sale. Make an offer.</p>")) { Reason = LivenessReason.Parked },
        new("home instead", Liveness.ProbablyGone, "https://rao.example/tin/8818", Page("Rao vặt", "<h1>Rao vặt</h1><p>Tin mới trong ngày: xe đạp, bàn ghế, cây cảnh, sách cũ.</p>")) { FinalUrl = "https://rao.example/", Reason = LivenessReason.RedirectHome },
        new("taken down for copyright", Liveness.ProbablyGone, "https://tube.example/watch?v=Zk13x", Page("Tube", "<p>This song is no longer available due to a copyright claim by a record label.</p>")) { Reason = LivenessReason.Legal451 },
        new("name gone for days", Liveness.ProbablyGone, "https://mat.example/1", "") { Error = TransportError.DnsNxdomain, Dns = new DnsFacts { ResponseCode = "nxdomain", ResolversAgreeing = 4, ResolversAsked = 4, IncludesAbroad = true, Checks = 12, SpanHours = 80 } },
        new("API says deleted", Liveness.ProbablyGone, "https://api.clip.example/v/5", """{"ok":false,"data":{"reasonCode":"OWNER_DELETED_VIDEO"}}""") { ContentType = "application/json" },

        // Live
        new("vi article", Liveness.Live, "https://bao.example.vn/lang-nghe-long-den", Page("Làng nghề lồng đèn vào mùa", "<h1>Làng nghề lồng đèn vào mùa</h1><p>Từ đầu tháng bảy, cả làng thức khuya dậy sớm phất giấy, chuốt nan.</p><p>Năm nay đơn hàng tăng gấp đôi.</p>")),
        new("article about removals", Liveness.Live, "https://news.example/platforms-report", Page("Platforms publish their yearly report", "<h1>Platforms publish their yearly report</h1><p>Hundreds of accounts were suspended and thousands of posts removed, the report says. Visitors now read \"this page does not exist\".</p>")) { Reason = LivenessReason.AliveWith404Words },
        new("how to build a 404 page", Liveness.Live, "https://dev.example/how-to-design-a-404-page", Page("How to design a 404 page", "<h1>How to design a 404 page</h1><p>Say plainly that the page was not found, and offer a search.</p>")),
        new("comment was deleted", Liveness.Live, "https://anh.example.vn/p/6", Page("Hoa gạo tháng ba", "<h1>Hoa gạo tháng ba</h1><p>Chụp ở đầu làng sáng chủ nhật, trời nhiều mây.</p><div>Bình luận này đã bị xóa.</div>")),
        new("attachment missing", Liveness.Live, "https://board.example/t/72", Page("Fixing a squeaky door | Board", "<h1>Fixing a squeaky door</h1><p>A drop of candle wax on the hinge did it for me.</p><p>[attachment not found]</p>")),
        new("sidebar tombstone", Liveness.Live, "https://board.example/t/73", Page("Growing mint indoors | Board", "<h1>Growing mint indoors</h1><p>Keep it moist and turn the pot weekly.</p>", "<aside><p>This post has been deleted.</p></aside>")),
        new("hidden template", Liveness.Live, "https://tube.example/watch?v=Zk14x", Page("River lanterns at dusk - Tube", "<h1>River lanterns at dusk</h1><video src=\"/v/14.mp4\"></video><div hidden>Video unavailable</div><template><p>This video has been removed</p></template>")),
        new("i18n bundle", Liveness.Live, "https://mxh.example/u/binh.an", Page("Bình An (@binh.an)", "<h1>Bình An</h1><p>12 bài viết · 404 người theo dõi</p><script>var t={\"gone\":\"Trang này không tồn tại\",\"reason_text\":\"Đã bị gỡ\"};</script>")),
        new("captcha in comment form", Liveness.Live, "https://blog.example/bread", Page("Bread without kneading", "<h1>Bread without kneading</h1><p>Mix, wait, fold, wait again, bake hot.</p><form><p>Please complete the captcha to comment.</p></form>")),
        new("profile", Liveness.Live, "https://knit.example/u/woolly10", Page("woolly10 – KnitTogether", "<h1>woolly10</h1><p>Member since spring. 3 patterns.</p>")),
        new("sold out item", Liveness.Live, "https://shop.example/lamp/blue-paper-lamp", Page("Blue paper lamp", "<h1>Blue paper lamp</h1><p>Handmade, 30 cm. This size is no longer available; the small one is.</p><p>Ships in two days with a warm bulb.</p>")),
        new("maintenance banner", Liveness.Live, "https://bus.example/lines/12", Page("Line 12 timetable", "<p>Ticket sales are under maintenance tonight.</p><h1>Line 12 timetable</h1><ul><li>06:10 Market</li><li>06:25 Bridge</li><li>06:40 Old school</li></ul>")),
        new("canonical slug", Liveness.Live, "https://board.example/t/74", Page("Which rope for a swing? | Board", "<h1>Which rope for a swing?</h1><p>Hemp looks nice but polyester lasts.</p>")) { FinalUrl = "https://board.example/t/which-rope-for-a-swing.74" },
        new("API hands it out", Liveness.Live, "https://api.clip.example/v/6", """{"id":6,"deleted":false,"title":"Market morning","url":"https://clip.example/6.mp4"}""") { ContentType = "application/json" },
        new("media file", Liveness.Live, "https://cdn.example/a.jpg", "") { ContentType = "text/plain", Status = 200, Header = "content-type: image/jpeg" },
        new("German article", Liveness.Live, "https://garten.example/tomaten-ziehen", Page("Tomaten ziehen auf dem Balkon", "<h1>Tomaten ziehen auf dem Balkon</h1><p>Sonne, Wasser und ein Topf mit Loch genügen.</p>")),
        new("Japanese article", Liveness.Live, "https://niwa.example/p/3", Page("苔の育て方 | 庭の会", "<h1>苔の育て方</h1><p>日陰に置いて、朝と夕方に霧吹きで水をやります。冬は控えめに。</p>")),

        new("help about suspension", Liveness.Live, "https://help.example/a/12", Page("Why was my account suspended? - Help", "<h1>Why was my account suspended?</h1><p>We suspend accounts that break the rules. You can appeal here.</p>")),
        new("found again", Liveness.Live, "https://village.example/n/3", Page("Lost cat found", "<h1>Lost cat found</h1><p>Our cat was not found for three days but is back home now.</p>")),
        new("album with removal in its name", Liveness.Live, "https://film.example/x/3", Page("Deleted Scenes | River Films", "<h1>Deleted Scenes</h1><p>Twelve minutes of cut material from the movie.</p>")),
        new("old paint", Liveness.Live, "https://blog.example/p/31", Page("Removed paint from old doors", "<h1>Removed paint from old doors</h1><p>Heat gun, scraper, patience.</p>")),
        new("one picture removed", Liveness.Live, "https://blog.example/p/32", Page("Weekend market", "<h1>Weekend market</h1><img src=\"/1.jpg\"><img src=\"/2.jpg\"><p>Image 3 has been removed.</p>")),
        new("recall of goods", Liveness.Live, "https://shop.example.vn/n/4", Page("Thông báo thu hồi đèn bàn", "<h1>Thông báo thu hồi đèn bàn</h1><p>Lô hàng này không còn được bán từ tháng 5. Khách đã mua vui lòng mang trả.</p>")),
        new("word play", Liveness.Live, "https://mxh.example/@vongtreo", Page("vongtreo (@vongtreo)", "<h1>Võng Treo</h1><p>This account is suspended between two trees. Hammock reviews.</p>")),

        // Says nothing either way
        new("deleted or private", Liveness.Inconclusive, "https://mxh.example/p/7", Page("Đồng Xanh", "<p>Nội dung đã bị xóa hoặc chủ sở hữu chỉ chia sẻ với bạn bè.</p>")) { Reason = LivenessReason.Private },
        new("private profile", Liveness.Inconclusive, "https://knit.example/u/shy", Page("KnitTogether", "<p>This profile is private.</p>")) { Reason = LivenessReason.Private },
        new("login wall", Liveness.Inconclusive, "https://mxh.example/p/8", Page("Đồng Xanh", "<p>Vui lòng đăng nhập để xem nội dung này.</p><form><input name=\"u\"><input type=\"password\"></form>")) { Reason = LivenessReason.LoginWall },
        new("login address", Liveness.Inconclusive, "https://mxh.example/p/9", Page("Đồng Xanh", "<p>Xin chào</p>")) { FinalUrl = "https://mxh.example/login?next=/p/9", Reason = LivenessReason.LoginWall },
        new("age gate", Liveness.Inconclusive, "https://bia.example/", Page("Bia thủ công", "<p>Bạn phải đủ 18 tuổi để vào trang này.</p><button>Tôi đủ tuổi</button>")) { Reason = LivenessReason.AgeGate },
        new("challenge", Liveness.Inconclusive, "https://shop.example/x", "<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript><script src=\"/c.js\"></script></body></html>") { Reason = LivenessReason.BotWall },
        new("challenge header under 404", Liveness.Inconclusive, "https://shop.example/x", Page("Not found", "<p>Not found</p>")) { Status = 404, Header = "cf-mitigated: challenge" },
        new("captcha", Liveness.Inconclusive, "https://shop.example/y", Page("Shop", "<p>Please confirm that you are human: complete the puzzle.</p>")) { Reason = LivenessReason.Captcha },
        new("rate limit", Liveness.Inconclusive, "https://shop.example/z", Page("Slow down", "<p>Too many requests. Try again in a few minutes.</p>")) { Reason = LivenessReason.RateLimited },
        new("maintenance", Liveness.Inconclusive, "https://thuvien.example.vn/s/3", Page("Thư viện", "<p>Hệ thống đang bảo trì, mời bạn quay lại sau 22 giờ.</p>")) { Reason = LivenessReason.Maintenance },
        new("shell", Liveness.Inconclusive, "https://app.example/p/3", "<html><head><title>App</title></head><body><div id=\"root\"></div><script src=\"/m.js\"></script></body></html>") { Reason = LivenessReason.JavaScriptShell },
        new("server fault with gone words", Liveness.Inconclusive, "https://app.example/p/4", Page("Not found", "<p>User not found</p>")) { Status = 500, Reason = LivenessReason.ServerError },
        new("oembed 404", Liveness.Inconclusive, "https://tube.example/oembed?url=https%3A%2F%2Ftube.example%2Fwatch", "Not Found") { Status = 404, ContentType = "text/plain" },
        new("name gone since an hour", Liveness.Inconclusive, "https://mat.example/2", "") { Error = TransportError.DnsNxdomain, Dns = new DnsFacts { ResponseCode = "nxdomain", ResolversAgreeing = 4, ResolversAsked = 4, Checks = 2, SpanHours = 1 } },
        new("name gone here only", Liveness.Inconclusive, "https://mat.example/3", "") { Error = TransportError.DnsNxdomain, Dns = new DnsFacts { ResponseCode = "nxdomain", ResolversAgreeing = 2, ResolversAsked = 4, IncludesAbroad = true, Checks = 20, SpanHours = 100 } },
        new("unknown language, nothing to hold on to", Liveness.Inconclusive, "https://suq.example/u/ab", Page("Suq", "<p>Il-membru li qed tfittex ma jeżistix.</p>")),
        new("banned visitor", Liveness.Inconclusive, "https://board.example/t/75", Page("Board", "<p>You have been banned from this board. Your IP address is blocked.</p>")) { Status = 403, Reason = LivenessReason.BotWall },
        new("data says private", Liveness.Inconclusive, "https://tweet.example/s/5", "<html><head><title>tweet</title></head><body><div id=\"r\"></div><script type=\"application/json\">{\"result\":{\"__typename\":\"PostUnavailable\",\"reason\":\"Protected\"}}</script></body></html>") { Reason = LivenessReason.Private },

        // Either/or, and words that only look like an end
        new("ar either or", Liveness.Inconclusive, "https://suq.example/p/81", Page("سوق", "<p>هذا المنشور خاص أو تم حذفه.</p>")),
        new("tr either or", Liveness.Inconclusive, "https://pazar.example/p/82", Page("Pazar Yeri", "<p>Bu gönderi gizli olabilir veya silinmiş olabilir.</p>")),
        new("hi either or", Liveness.Inconclusive, "https://mela.example/p/83", Page("मेला", "<p>यह पोस्ट निजी हो सकती है या हटा दी गई हो सकती है।</p>")),
        new("km either or", Liveness.Inconclusive, "https://phsar.example/p/84", Page("ផ្សារ", "<p>ប្រកាសនេះអាចជាឯកជន ឬត្រូវបានលុប។</p>")),
        new("lo either or", Liveness.Inconclusive, "https://talat.example/p/85", Page("ຕະຫຼາດ", "<p>ໂພສນີ້ອາດເປັນສ່ວນຕົວ ຫຼື ຖືກລຶບແລ້ວ.</p>")),
        new("es either or", Liveness.Inconclusive, "https://foro.example/p/86", Page("Foro del Lago", "<p>Es posible que esta publicación sea privada o que haya sido eliminada.</p>")),
        new("pt either or", Liveness.Inconclusive, "https://feira.example/p/87", Page("Feira Livre", "<p>Esta publicação pode ser privada ou ter sido removida.</p>")),
        new("id either or", Liveness.Inconclusive, "https://pasar.example/p/88", Page("Pasar", "<p>Postingan ini mungkin bersifat pribadi atau telah dihapus.</p>")),
        new("open in the app", Liveness.Inconclusive, "https://clip.example/v/89", Page("Clip", "<p>Open in the app to watch this clip.</p><a href=\"/app\">Get the app</a>")),
        new("notice quoted in an article", Liveness.Live, "https://bao.example.vn/tin/90", Page("Nghề làm lồng đèn", "<h1>Nghề làm lồng đèn</h1><p>Làng nghề nằm bên sông, có hơn ba mươi hộ còn giữ khung tre và giấy dó, mỗi mùa trăng lại đỏ lửa hồ keo từ sáng sớm.</p><p>Ông chủ xưởng kể rằng bài đăng cũ của ông chỉ còn hiện dòng chữ \"nội dung này đã bị gỡ\", nên ông viết lại từ đầu và kèm ảnh mới chụp trong tuần.</p><p>Người mua đến từ nhiều tỉnh, đặt trước cả tháng, chọn màu giấy và đề chữ lên từng chiếc đèn.</p>")),
        new("tombstone with a mirror link", Liveness.Inconclusive, "https://board.example/t/91", Page("Information", "<p>This thread was removed by a moderator.</p><p><a href=\"https://mirror.example/t/91\">Mirror</a></p>")),

        // Restricted
        new("vi geo", Liveness.Restricted, "https://phim.example/p/2", Page("Phim", "<p>Phim này không khả dụng tại quốc gia của bạn.</p>")) { Reason = LivenessReason.GeoBlocked },
        new("fr geo", Liveness.Restricted, "https://film.example/p/2", Page("Film", "<p>Cette vidéo n'est pas disponible dans votre pays.</p>")),
        new("451 here", Liveness.Restricted, "https://film.example/p/3", Page("Film", "<p>Unavailable for legal reasons.</p>")) { Status = 451 },
        new("court block", Liveness.Restricted, "http://film.example/p/4", Page("Blocked", "<p>Access to this website has been blocked by order of the High Court.</p>")) { Reason = LivenessReason.GeoBlocked },
        new("ru provider block", Liveness.Restricted, "http://film.example/p/5", Page("Внимание", "<p>Доступ к ресурсу ограничен на основании федерального закона.</p>")),
        new("id provider block", Liveness.Restricted, "http://film.example/p/6", Page("Internet Positif", "<p>Situs ini diblokir sesuai peraturan.</p>")),
    ];

    private static string Page(string title, string main, string extra = Aside) =>
        $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><nav><a href=\"/\">Home</a> <a href=\"/help\">Help</a></nav><main>{main}</main>{extra}</body></html>";
}
