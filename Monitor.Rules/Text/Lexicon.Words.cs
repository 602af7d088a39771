namespace Monitor.Rules.Text;

/// <summary>
/// Everyday words of Vietnamese, as a reader knows them: enough to see that syllables belong to the words around them. No word of interest stands here.
/// </summary>
internal static partial class Lexicon
{
    private const string FunctionWords = """
        và là của có không cho được với các những một này đó kia thì mà ở trong trên dưới ngoài đã đang sẽ cũng rất lại ra vào lên xuống đến đi về
        từ khi nếu như vì do tại bởi tuy nhưng hay hoặc để mới chỉ còn nữa thôi quá lắm ai gì nào sao đâu bao mấy nhiều ít mọi mỗi từng cả tôi tao tớ mình
        bạn anh chị em nó họ ta chúng nhà người cái chiếc bị phải nên cần muốn biết thấy nói làm ăn uống ngủ xem nghe hơi khá
        ạ à ơi nhé nha nhỉ ư vậy thế rồi xong luôn vẫn cứ đều bằng theo sau trước giữa bên qua sang chưa hãy đừng chớ tự nhau hơn nhất ko k dc vs
        """;

    private const string CommonWords = """
        ngày đêm sáng trưa chiều tối năm tháng tuần giờ phút hôm nay mai qua xưa sớm muộn trời đất nước lửa gió mưa nắng mây núi sông biển hồ ao suối cây hoa lá cỏ quả hạt
        cơm cháo phở bún bánh thịt cá tôm cua gà vịt trứng rau muối đường mắm dầu mỡ chè trà sữa rượu bia canh xôi
        bàn ghế giường tủ cửa tường sàn mái bếp phòng nồi chảo bát đĩa đũa thìa cốc chén dao kéo chổi khăn gối chăn màn áo quần váy mũ nón giày dép tất túi ví kính
        xe tàu thuyền máy bay cầu phố đường làng xóm thôn xã huyện tỉnh chợ trường lớp sách vở bút giấy thư báo ảnh phim nhạc bài hát ca kịch trò chơi bóng
        đầu mặt mắt mũi miệng tai tóc cổ vai tay chân bụng lưng tim máu xương da răng lưỡi
        trắng đen đỏ xanh vàng tím nâu hồng xám to nhỏ lớn bé cao thấp dài ngắn rộng hẹp dày mỏng nặng nhẹ nhanh chậm nóng lạnh ấm mát mới cũ đẹp xấu tốt ngon dở giỏi dốt khó dễ đúng sai
        chạy nhảy đứng ngồi nằm bò bơi leo trèo đánh bắt bỏ cầm giữ nắm thả ném đá kéo đẩy mang vác chở đưa gửi nhận lấy mua bán vay trả cho xin mượn thuê học dạy đọc viết vẽ tính đếm
        nghĩ nhớ quên yêu ghét thương giận sợ vui buồn khóc cười đau ốm mệt khoẻ sống chết sinh đẻ nuôi trồng cắt chặt đào xây sửa rửa giặt lau quét nấu nướng luộc rán xào kho
        ông bà cô chú bác cháu con bố mẹ cha má ba dì cậu mợ thím dượng vợ chồng trai gái già trẻ bạn thầy trò lính vua quan dân
        tiền vàng bạc đồng sắt thép gỗ đá cát vải lụa da nhựa thuỷ tinh
        hai ba bốn sáu bảy tám chín mười trăm nghìn triệu tỷ đôi cặp nửa lần lượt
        hàng giá chỗ nơi lúc hồi dịp kỳ mùa vụ việc chuyện điều lời tiếng chữ câu tên tuổi số màu mùi vị
        chó mèo lợn trâu bò ngựa dê chim rắn chuột ong kiến muỗi ma lúa ngô khoai sắn đậu lạc mía cam chanh táo xoài dừa chuối đu ổi mít na vải nhãn
        mở đóng bật tắt đặt treo dán buộc gói bọc che đậy trốn tìm gặp hỏi gọi kể khen chê mắng chửi đợi chờ hẹn mời tặng
        hang hầm lỗ bao lu hũ bình chai lọ can thùng hộp rổ rá kho vườn ruộng rừng đồi đảo đạo đáo đào dạo
        lực sức hình vuông tròn góc cạnh sắc hương khói bụi bùn rác
        """;

    private const string EnglishWords = """
        the of and to in is it you that he was for on are with as his they be at one have this from or had by hot but some what there we can out other were all your when up use word how
        said an each she which do their time if will way about many then them would write like so these her long make thing see him two has look more day could go come did my sound no most number
        who over know water than call first people may down side been now find any new work part take get place made live where after back little only round man year came show every good me give our
        under name very through just form much great think say help low line before turn cause same mean differ move right boy old too does tell sentence set three want air well also play small end put
        home read hand port large spell add even land here must big high such follow act why ask men change went light kind off need house picture try us again animal point mother world near build self
        earth father head stand own page should country found answer school grow study still learn plant cover food sun four thought let keep eye never last door between city tree cross since hard start
        might story saw far sea draw left late run while press close night real life few stop open seem together next white children begin got walk example ease paper often always music those both mark
        book letter until mile river car feet care second group carry took rain eat room friend began idea fish mountain north once base hear horse cut sure watch color face wood main enough plain girl
        usual young ready above ever red list though feel talk bird soon body dog family direct pose leave song measure state product black short class wind question happen complete ship area half rock
        order fire south problem piece told knew pass farm top whole king size heard best hour better true during hundred am remember step early hold west ground interest reach fast five sing listen six
        table travel less morning ten simple several vowel toward war lay against pattern slow center love person money serve appear road map science rule govern pull cold notice voice fall power town fine
        certain fly unit lead cry dark machine note wait plan figure star box noun field rest correct able pound done beauty drive stood contain front teach week final gave green oh quick develop sleep warm
        free minute strong special mind behind clear tail produce fact street inch lot nothing course stay wheel full force blue object decide surface deep moon island foot yet busy test record boat common
        gold possible plane age dry wonder laugh thousand ago ran check game shape yes hot miss brought heat snow bed bring sit perhaps fill east weight language among code data file user login email web
        online video chat link page click share post like comment shop sale free mobile game bar cafe taxi menu logo radio photo has his was yes bus gas ass mas tax fax sex max far war car her for per
        """;

    private const string TwoSyllables = """
        mượt mà, tuy nhiên, tuy vậy, tuy rằng, tuy thế, tuy là, mặn mà, đậm đà, thiết tha, nhưng mà, thế mà, vậy mà, mà thôi, mà lại, nếu mà, để mà, hay mà, ma quỷ, con ma, bóng ma, ma sát, ma trận, ma thuật, ma mị, làm ma, đám ma, ma chay, nhà ma, ma cô, trang ma, ma ma
        danh bạ, danh sách, danh sách các, danh dự, danh tiếng, danh từ, danh nhân, danh mục, danh lam, danh hiệu, vô danh, nổi danh, công danh, chức danh, địa danh, biệt danh, đánh giá, đánh máy, đánh răng, đánh thức, đánh dấu, đánh bắt, đánh cá, đánh bóng, đánh giày, đánh vần, đánh đàn, đánh cờ, đánh bại, đánh rơi, đánh nhau, đánh đổi, ngoại danh, dành cho, để dành, tranh giành
        có bác nào, có ai, có bạn nào, có anh nào, có chị nào, có em nào, có cô nào, bác nào, bạn nào, anh nào, chị nào, em nào, cô nào, ông nào, cái nào, người nào, ngày nào, lúc nào, khi nào, thế nào, như thế nào, chỗ nào, nơi nào, cô bác, chú bác, bác sĩ, bác gái, bác trai, bác ạ, các bác, bác ấy, bác tài, bác hàng xóm, phản bác, bác bỏ, bác học, uyên bác, cô chú bác, hai bác, bác cháu
        cô giáo, cô gái, cô dâu, cô đơn, cô ấy, cô độc, cô lập, thầy cô, có thể, có lẽ, có khi, có lúc, có người, có điều, có nghĩa, có tiếng, có mặt, có ích, có lợi, có vẻ, có chồng, có vợ, cơ sở, cơ sở giáo dục, cơ quan, cơ hội, cơ bản, cơ thể, cơ cấu, cơ khí, cơ chế, cơ bắp, cờ vua, cờ tướng, lá cờ, ngọn cờ, bàn cờ, quân cờ, tình cờ, cổ tích, cổ điển, cổ phần, cổ phiếu, cổ vũ, bạc hà, bạc liêu, vàng bạc, tiền bạc, bạc màu, tóc bạc, bạc bẽo, phụ bạc, bạc phận, bậc thang, cấp bậc, bắc bộ, miền bắc, phía bắc, hà nội, bắc ninh, bắc giang, bắc cầu, bắc nam
        ca dao, ca sĩ, ca khúc, ca nhạc, ca hát, ca ngợi, quốc ca, bài ca, dân ca, tình ca, ca trực, đổi ca, làm ca, tăng ca, ca đêm, cà phê, cà chua, cà rốt, cà tím, cà vạt, cá nhân, cá tính, cá biệt, cá heo, cá chép, cá vàng, cá thu, cá kho, cá cược, con cá, câu cá, bắt cá, món cá, nuôi cá, tôm cá, cá rán, cả nhà, cả nước, cả ngày, tất cả, giá cả, kể cả, cả hai, cả đời, vất vả, ca nô, ca cao
        đô la, đô thị, thủ đô, cố đô, độ ẩm, nhiệt độ, tốc độ, mức độ, chế độ, trình độ, thái độ, góc độ, tiến độ, độ tuổi, điều độ, độ cao, độ dài, cường độ, mật độ, độc lập, độc giả, độc đáo, đồ ăn, đồ chơi, đồ dùng, đồ uống, đồ vật, quần áo, bản đồ, biểu đồ, đồ họa, đồ án, đó là, ở đó, do đó, lý do, tự do, do vậy, đỡ đầu, giúp đỡ, đợt này
        bao lâu, bao nhiêu, bao giờ, bao gồm, bao xa, bao quanh, bao bì, bao la, bao dung, bảo vệ, bảo hiểm, bảo tàng, bảo đảm, bảo trì, bảo hành, đảm bảo, báo chí, báo cáo, thông báo, quảng cáo, dự báo, nhà báo, tờ báo, bão lũ, cơn bão, bạo dạn, lực lượng, áp lực, năng lực, nỗ lực, nghị lực, sức lực, động lực, lúc này, lúc đó, một lúc, lúc trước, đôi lúc, mọi lúc, lúc nãy, lực sĩ
        hàng hoá, hàng ngày, hàng xóm, hàng không, hàng quán, cửa hàng, ngân hàng, nhà hàng, khách hàng, đơn hàng, giao hàng, mặt hàng, xếp hàng, hàng loạt, hàng năm, hàng tháng, hàng hải, hàng rào, hàng giá rẻ, hang động, hang đá, hạng nhất, hạng mục, xếp hạng, thứ hạng, gia đình, gia dụng, gia công, gia vị, gia súc, gia cầm, gia tăng, tham gia, quốc gia, chuyên gia, gia nhập, gia hạn, gia sư, gia tài, gia chủ, gia đạo, gia đình văn hoá, giá rẻ, giá cả, giá trị, giá tiền, giá sách, đánh giá cao, giá bán, giá gốc, giả sử, giả vờ, giả định, tác giả, khán giả, độc giả, thính giả, giả thiết, già trẻ, người già, già đi, già dặn, trẻ già, giã từ
        lúa gạo, lúa nước, lúa chín, lúa mì, ruộng lúa, cây lúa, trồng lúa, lụa đào, vải lụa, tơ lụa, dải lụa, lứa tuổi, lựa chọn, chọn lựa, ngọn lửa, tàu hoả, xe lửa, lửa trại, đạo đức, đạo diễn, đạo lý, lãnh đạo, chỉ đạo, nhân đạo, tôn giáo, đạo phật, đào tạo, hoa đào, cây đào, đảo ngược, hòn đảo, bán đảo, quần đảo, hải đảo, biển đảo, đảo lộn, dao kéo, con dao, dao động, dao nhọn, lưỡi dao, ca dao tục ngữ, đi dạo, dạo này, dạo chơi, dồi dào, đông đảo, chu đáo, độc đáo
        bát cơm, bát đĩa, bát đũa, bát phở, rửa bát, cái bát, cốc nước, cái cốc, ly cốc, cốc trà, cốc bia, cốc sữa, cốc cà phê, cóc nhái, con cóc, quả cóc, cây cóc, cột cờ, bắt đầu, bắt tay, bắt buộc, bắt nạt, bắt gặp, bắt chước, bắt nguồn, nắm bắt, bất ngờ, bất kỳ, bất động, bất cứ, bất chấp, bất lợi, bật đèn, bật lửa, nổi bật, bật lên, gốc cây, nguồn gốc
        để dành cho, để lại, để ý, để cho, để được, để làm, để đi, để xem, dễ dàng, dễ chịu, dễ thương, dễ hiểu, dễ nhớ, dễ đọc, con dê, thịt dê, đề nghị, đề tài, đề xuất, vấn đề, đề thi, đề cao, đề phòng, đề cập, đê điều, con đê, doạ nạt, hăm doạ, doanh nghiệp, kinh doanh, đoạ lạc, toạ đàm, hù doạ, dọa nạt
        trộm vía, ăn trộm, tên trộm, nhìn trộm, trạm xăng, cặp sách, cặp đôi, cặp vợ chồng, một cặp, đôi cặp, cấp cứu, cấp độ, cấp trên, cung cấp, nâng cấp, trung cấp, cao cấp, đẳng cấp, cập nhật, đề cập tới, truy cập, học cấp, cáp quang, cáp treo, dây cáp, cạp quần, cấp phát
        tin tức, tin tưởng, tin nhắn, tin học, thông tin, bản tin, đưa tin, tin vui, niềm tin, tự tin, tín hiệu, tín nhiệm, uy tín, dùng để, sử dụng, tác dụng, áp dụng, công dụng, vận dụng, tận dụng, hữu dụng, dung dịch, dung tích, dung lượng, nội dung, dùng cho, đúng giờ, đúng rồi, đúng không, đứng lên, đứng dậy, dựng lên, xây dựng, đèn điện, đèn dầu, bóng đèn, màu đen, tóc đen, đen đủi, đen trắng, đến nơi, đến lúc, đến giờ, đến nay, đến nhà, đền chùa, đền bù
        học sinh, sinh viên, giáo viên, nhà trường, trường học, lớp học, bài tập, bài học, học tập, học hành, học phí, đại học, toán học, văn học, khoa học, hoá học, sinh học, y học, môn học, kỳ thi, điểm số, sách vở, bút chì, thư viện, giáo dục, phụ huynh, hiệu trưởng, thầy giáo, tốt nghiệp
        công việc, công ty, công nhân, công an, công nghệ, công trình, công viên, công bằng, công cộng, công khai, thành công, nhân viên, giám đốc, văn phòng, làm việc, đi làm, tiền lương, hợp đồng, dự án, kế hoạch, nhiệm vụ, trách nhiệm, quyền lợi, xã hội, chính phủ, nhà nước, pháp luật, quy định, kinh tế, thị trường, sản xuất, sản phẩm, chất lượng, dịch vụ, số lượng, xuất khẩu, nhập khẩu
        ăn cơm, nấu ăn, món ăn, thức ăn, bữa cơm, bữa ăn, bánh mì, bánh ngọt, nước mắm, nước ngọt, nước uống, trái cây, rau xanh, thịt bò, thịt gà, thịt lợn, quán nước, quán ăn, ngon miệng, nóng hổi, hôm nay, hôm qua, ngày mai, buổi sáng, buổi tối, buổi chiều, cuối tuần, tuần trước, năm nay, năm ngoái, bây giờ, lâu lắm, thời gian, thời tiết, mùa hè, mùa đông, mùa xuân, mùa thu
        bóng đá, bóng chuyền, thể thao, trận đấu, đội tuyển, cầu thủ, huấn luyện viên, vô địch, bàn thắng, du lịch, khách sạn, máy bay, sân bay, xe máy, xe đạp, ô tô, xe buýt, giao thông, đường phố, thành phố, nông thôn, miền nam, miền trung, sài gòn, đà nẵng, việt nam, quê hương, đất nước, con người, trẻ em, phụ nữ, đàn ông, thanh niên, bạn bè, hàng xóm láng giềng, tình yêu, tình cảm, hạnh phúc, gia đình hạnh phúc, sức khoẻ, bệnh viện, thuốc men, bác sĩ giỏi, điện thoại, máy tính, mạng xã hội, trang web, âm nhạc, phim ảnh, nghệ thuật, văn hoá, lịch sử, địa lý, thiên nhiên, môi trường, động vật, thực vật, cây cối, hoa quả
        một chút, một ít, một vài, rất nhiều, không thể, không phải, không có, không biết, phải không, được không, thì sao, làm sao, tại sao, vì sao, ở đâu, đi đâu, là gì, cái gì, làm gì, như vậy, như thế, bởi vì, cho nên, mặc dù, ngoài ra, sau đó, trước đó, cuối cùng, đầu tiên, tiếp theo, bên cạnh, xung quanh, ngay lập tức, dần dần, thường xuyên, đôi khi, luôn luôn, chắc chắn, có bao giờ
        """;
}
