using System.Collections.Frozen;
using System.Globalization;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Diagnostics;

/// <summary>Every sentence the program says about a refusal, in Vietnamese and English. A test finds codes without a sentence.</summary>
public static class Messages
{
    private static readonly FrozenDictionary<string, (string Vietnamese, string English)> Table = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["not-found"] = ("Không tìm thấy {0} '{1}' (hoặc ngoài phạm vi cơ quan của bạn).", "No {0} '{1}' (or it is outside your agency's scope)."),
        ["who-acts"] = ("Hãy cho biết ai thực hiện: --as NGƯỜI_DÙNG (hoặc biến MONITOR_USER). Danh sách ở config/agencies.yaml, mục people.", "Say who acts: --as USER (or MONITOR_USER). People are listed in config/agencies.yaml under people."),
        ["unknown-person"] = ("Không có người dùng '{0}' trong config/agencies.yaml.", "There is no person '{0}' in config/agencies.yaml."),
        ["person-not-valid"] = ("Người dùng '{0}' hôm nay không còn (hoặc chưa) có hiệu lực.", "Person '{0}' is not valid today."),
        ["role-needed"] = ("'{0}' cần có vai trò: {1}.", "'{0}' needs the role: {1}."),
        ["police-only"] = ("Chỉ công an được làm việc này; '{0}' thì không.", "Only police may do this; '{0}' is not."),
        ["same-person"] = ("{0}: cần hai người khác nhau; người xác minh hoặc soạn thảo không được tự phê duyệt.", "{0}: two different people are needed; whoever verified or drafted must not approve."),
        ["reason-needed"] = ("Cần nêu lý do: --reason \"…\".", "A reason is needed: --reason \"…\"."),
        ["reason-form"] = ("Lý do được lưu vĩnh viễn trong nhật ký: tối đa {0} ký tự, một dòng, không ghi địa chỉ web.", "Reasons stay in the custody log for good: at most {0} characters, one line, no web addresses."),
        ["bad-url"] = ("Không dùng được địa chỉ '{0}': {1}. Cần http:// hoặc https://.", "Cannot use the address '{0}': {1}. It must be http:// or https://."),
        ["watchlist-expired"] = ("Danh sách theo dõi '{0}' đã hết hạn; người rà soát cần gia hạn (expires-on).", "Watch list '{0}' has expired; its reviewer must renew it (expires-on)."),
        ["no-active-watchlist"] = ("Không có danh sách theo dõi nào còn hiệu lực trong config/watchlists.", "There is no active watch list in config/watchlists."),
        ["choose-watchlist"] = ("Có nhiều danh sách phù hợp, hãy chọn một: --watchlist {0}.", "Several watch lists fit, choose one: --watchlist {0}."),
        ["changed-meanwhile"] = ("'{0}' vừa bị người khác thay đổi; hãy xem lại rồi thử lại.", "'{0}' was changed by somebody else meanwhile; look again and retry."),
        ["case-state"] = ("Hồ sơ {0} đang ở trạng thái {1}, không làm được việc này.", "Case {0} is {1}; this cannot be done now."),
        ["no-data"] = ("Không có dữ liệu của Monitor trong '{0}'; hãy xem lại --data.", "There are no data of Monitor in '{0}'; look at --data again."),
        ["never-seen-live"] = ("{0} chưa từng được thấy còn nội dung; hãy kiểm tra trước: monitor targets inspect {0}; nếu trang chặn máy mà bạn tự thấy: monitor removal seen-live {0} --capture TỆP --reason … --as ….", "{0} was never seen with its content; inspect it first: monitor targets inspect {0}; if the page keeps machines out but you saw it yourself: monitor removal seen-live {0} --capture FILE --reason … --as …."),
        ["contacts-off"] = ("Chưa cấu hình máy chủ RDAP nào (contacts.rdap-domain, contacts.rdap-ip trong monitor.yaml), nên không hỏi ai.", "No RDAP server is configured (contacts.rdap-domain, contacts.rdap-ip in monitor.yaml), so nobody was asked."),
        ["clock-paused"] = ("Đồng hồ {1} của hồ sơ {0} đang dừng rồi.", "Clock {1} of case {0} stands still already."),
        ["clock-runs"] = ("Đồng hồ {1} của hồ sơ {0} đang chạy, không có gì để tiếp tục.", "Clock {1} of case {0} is running; there is nothing to resume."),
        ["clock-not-running"] = ("Hồ sơ {0} không có đồng hồ {1} nào đang chạy.", "Case {0} has no running clock {1}."),
        ["category-outside-list"] = ("Loại '{0}' nằm ngoài danh mục đóng; phần mềm chỉ xử lý xâm hại trẻ em.", "Category '{0}' is outside the closed list; this software handles abuse of children only."),
        ["no-legal-basis"] = ("Không có căn cứ pháp lý còn hiệu lực mà cơ quan có thẩm quyền cho loại '{0}' (config/legal-bases.yaml).", "There is no valid legal basis within the agency's competence for '{0}' (config/legal-bases.yaml)."),
        ["legal-basis-not-valid"] = ("{0}: căn cứ pháp lý hôm nay không có hiệu lực.", "{0}: the legal basis is not valid today."),
        ["legal-basis-other-category"] = ("{0}: căn cứ pháp lý không bao gồm loại này.", "{0}: the legal basis does not cover this category."),
        ["not-competent"] = ("{0}: cơ quan không có thẩm quyền theo căn cứ này; cần chuyển cơ quan trung ương có thẩm quyền.", "{0}: the agency is not competent under this basis; it must be relayed to the national authority."),
        ["notice-incomplete"] = ("Chưa lập được thông báo, còn thiếu: {0}.", "The notice cannot be drafted yet, missing: {0}."),
        ["notice-state"] = ("Thông báo {0} đang ở trạng thái {1}, không làm được việc này.", "Notice {0} is {1}; this cannot be done now."),
        ["template-changed"] = ("Mẫu của thông báo {0} đã thay đổi từ khi soạn; hãy huỷ dự thảo này và soạn lại.", "The template of notice {0} changed since it was drafted; cancel this draft and draft it anew."),
        ["content-changed"] = ("Nội dung thông báo {0} không khớp với bản đã soạn.", "The content of notice {0} is not what was drafted."),
        ["request-state"] = ("Yêu cầu {0}: {1}", "Request {0}: {1}"),
        ["target-state"] = ("Mục tiêu {0} đang ở trạng thái {1}, không làm được việc này.", "Target {0} is {1}; this cannot be done now."),
        ["confirmed-already"] = ("{1} đã xác nhận {0} rồi; cần một người khác.", "{1} has confirmed {0} already; somebody else is needed."),
        ["capture-needed"] = ("Máy không xem được {0} (nền tảng chặn khách, hoặc nhiều lần liền không kết luận được): cần tệp chụp lại điều đã thấy (--capture TỆP).", "Machines cannot see {0} (its platform walls visitors off, or look after look was inconclusive): a capture of what was seen is needed (--capture FILE)."),
        ["capture-form"] = ("{0}: tệp này không phải ảnh chụp (PNG, JPEG, GIF, WebP), PDF hay trang đã lưu.", "{0}: this file is no picture (PNG, JPEG, GIF, WebP), PDF or saved page."),
        ["capture-same"] = ("{0}: đúng tệp này đã được nộp cho một lần xem trước; hãy tự xem và tự chụp lại.", "{0}: this very file was handed in for an earlier look; look yourself and capture anew."),
        ["vantage-not-required"] = ("{0}: nền tảng không đòi đường quan sát '{1}' (đang đòi: {2}).", "{0}: the platform does not ask for the vantage '{1}' (it asks for: {2})."),
        ["last-vantage"] = ("{0}: '{1}' là đường quan sát cuối cùng, không thể miễn.", "{0}: '{1}' is the last vantage and cannot be waived."),
        ["not-waived"] = ("{0}: đường quan sát '{1}' không được miễn.", "{0}: the vantage '{1}' is not waived."),
        ["other-agency"] = ("Thông báo {0} do cơ quan '{1}' ban hành; chỉ người phê duyệt của cơ quan đó được ký.", "Notice {0} is issued by agency '{1}'; only an approver of that agency may sign it."),
        ["nothing-sent"] = ("Yêu cầu {0} chưa gửi gì, chưa thể có trả lời.", "Nothing of request {0} was sent yet; there can be no answer."),
        ["no-channel"] = ("Chưa biết gửi cho ai: hồ sơ nền tảng '{1}' của máy chủ {0} không có kênh gửi. Hãy thêm config/platforms/TÊN.yaml với hosts: [{0}] và channels, rồi làm lại.", "Nobody to send to: the platform profile '{1}' for host {0} has no channel. Add config/platforms/NAME.yaml with hosts: [{0}] and channels, then retry."),
        ["bad-source"] = ("Nguồn (--source, cột nguồn) phải là tên ngắn của kênh tiếp nhận, tối đa 60 ký tự (dòng {0}).", "The source (--source, source column) must be a short channel name of at most 60 characters (line {0})."),
        ["on-hold"] = ("Yêu cầu {0} đang bị công an tạm giữ.", "Request {0} is on hold by police."),
        ["withdrawn"] = ("Yêu cầu {0} đã được rút.", "Request {0} was withdrawn."),
        ["digest-needed"] = ("Thông báo {0} có {1} trang: khi phê duyệt phải ghi --digest như lệnh preview in ra, để chắc chắn đúng bản đã xem.", "Notice {0} names {1} pages: give --digest as preview prints it, so that exactly what was looked at is approved."),
        ["relay-address"] = ("Căn cứ {0}: chưa có địa chỉ của cơ quan nhận chuyển tiếp '{1}' (hồ sơ nền tảng có kênh, hoặc cơ quan có thư điện tử).", "Legal basis {0}: no address of the authority '{1}' to relay to (a profile with a channel, or an agency with a mailbox)."),
        ["earlier-on-its-way"] = ("Yêu cầu {0}: bản trước còn đang trên đường, hoặc vừa mới gửi.", "Request {0}: the version before is still on its way, or went out only just now."),
        ["appears-gone"] = ("Yêu cầu {0}: nội dung có vẻ đã gỡ, không nhắc nữa.", "Request {0}: the content appears to be gone, no reminder is sent."),
        ["review-changed"] = ("Danh sách đã đổi từ khi rà soát (mã không khớp). Hãy rà soát lại rồi dùng mã mới.", "The list changed since it was reviewed (the code differs). Review it again and use the new code."),
        ["none-named"] = ("Hãy nêu ít nhất một mục, như lệnh review liệt kê.", "Name at least one item, as review lists them."),
        ["too-many"] = ("Tối đa {0} mục một lần.", "At most {0} items at once."),
        ["confirmation-number"] = ("Cần số xác nhận của nơi nhận, tối đa {0} ký tự.", "The addressee's confirmation number is needed, at most {0} characters."),
        ["objections-many"] = ("Yêu cầu {0} đã có quá nhiều phản đối; hãy giải quyết các phản đối đang chờ.", "Request {0} has too many objections; decide on those that wait."),
        ["objection-decided"] = ("Phản đối {1} của yêu cầu {0} đã được {2} giải quyết.", "Objection {1} to request {0} was decided by {2}."),
        ["not-a-pdf"] = ("Tệp đã ký phải là PDF.", "The signed document must be a PDF."),
        ["document-number"] = ("Số công văn không hợp lệ.", "The document number cannot be used."),
        ["bank-name"] = ("Tên ngân hàng băm '{0}' không hợp lệ: chữ thường a-z, số, dấu gạch nối, tối đa 60 ký tự.", "Bank name '{0}' cannot be used: a-z, digits, hyphens, at most 60 characters."),
        ["bank-radius"] = ("Bán kính PDQ '{0}' không hợp lệ: từ 0 đến 31 bit.", "PDQ radius '{0}' cannot be used: 0 to 31 bits."),
        ["bank-shrinks"] = ("{0} đang có {1} mã, danh sách này chỉ có {2}: có thể tệp bị cắt. Nếu đúng là danh sách đầy đủ, thêm --allow-shrinking; nếu là bản thêm/bớt, thêm --delta.", "{0} has {1} entries, this list only {2}: the file may have been cut off. If it is the whole list, add --allow-shrinking; if it is an update, add --delta."),
        ["bank-opinion-differs"] = ("{0} đang mang ý kiến '{1}', lần nhập này đổi thành '{2}'. Nếu đúng là muốn đổi, thêm --change-opinion; nếu không, bỏ --opinion.", "{0} has the opinion '{1}', this import changes it to '{2}'. If that is what you want, add --change-opinion; if not, leave --opinion out."),
        ["delta-without-bank"] = ("Chưa có ngân hàng '{0}' để thêm/bớt: hãy nhập danh sách đầy đủ trước (không có --delta).", "There is no bank '{0}' to update: import the whole list first (without --delta)."),
        ["delta-without-base"] = ("Không biết bản thêm/bớt của '{0}' bắt đầu từ mốc nào: dùng --base MỐC (ngân hàng đang ở mốc '{1}'), hoặc dòng '# base: MỐC' trong tệp.", "Nothing says which checkpoint this delta of '{0}' starts from: say --base CHECKPOINT (the bank stands at '{1}'), or '# base: CHECKPOINT' in the file."),
        ["delta-other-base"] = ("Bản thêm/bớt bắt đầu từ mốc '{1}', nhưng {0} đang ở mốc '{2}': hãy nhập các bản thêm/bớt còn thiếu theo thứ tự, hoặc nhập danh sách đầy đủ.", "The delta starts from '{1}', but {0} stands at '{2}': import the missing deltas in order, or the whole list."),
        ["list-unreadable"] = ("Không dùng được danh sách '{0}': {1}. Ngân hàng giữ nguyên bản cũ.", "The list '{0}' cannot be used: {2}. The bank keeps its former version."),
        ["bad-columns"] = ("--columns: không hiểu '{0}'. Viết như hash=2,kind=1,label=3; các vai trò: {1}.", "--columns: '{0}' is not understood. Write hash=2,kind=1,label=3; roles: {1}."),
        ["bad-categories"] = ("--categories: '{0}' không phải là số. Viết như 1,2.", "--categories: '{0}' is no number. Write 1,2."),
        ["entry-state"] = ("Mục '{0}' đang ở trạng thái {1}, không làm được việc này.", "Entry '{0}' is {1}; this cannot be done now."),
        ["entry-several"] = ("Nhiều mục mang tên '{0}': hãy chỉ rõ mã băm (và --kind): {1}", "Several entries are called '{0}': say which by hash (and --kind): {1}"),
        ["bank-empty"] = ("Tệp '{0}' không có mã băm hợp lệ nào; ngân hàng giữ nguyên bản cũ.", "File '{0}' has no usable digest; the bank keeps its former version."),
        ["file-unreadable"] = ("Không đọc được tệp '{0}': {1}", "Cannot read file '{0}': {1}"),
        ["rules-automatic"] = ("Bộ quy tắc '{0}' tự có hiệu lực khi tệp hợp lệ (rules.activation: automatic trong monitor.yaml); không cần đề xuất hay kích hoạt.", "Rule set '{0}' comes into force by itself once its file is valid (rules.activation: automatic in monitor.yaml); nothing is proposed or activated."),
        ["rules-nothing-proposed"] = ("Bộ quy tắc '{0}' không có phiên bản nào đang chờ; hãy đề xuất trước: monitor rules propose {0} --reason … --as ….", "Nothing is proposed for rule set '{0}'; propose first: monitor rules propose {0} --reason … --as …."),
        ["rules-other-version"] = ("Phiên bản đang chờ của bộ quy tắc '{0}' là {2} (sha256 {3}, do {4} đề xuất), không phải {1}; hãy xem lại: monitor rules activate {0} --dry-run.", "Version {2} of rule set '{0}' waits (sha256 {3}, proposed by {4}), not {1}; look again: monitor rules activate {0} --dry-run."),
        ["rules-same"] = ("Nội dung bộ quy tắc '{0}' đã là phiên bản {1} ({2}).", "The content of rule set '{0}' is version {1} already ({2})."),
        ["rules-conflict"] = ("Bộ quy tắc '{0}' không dùng chung được với các bộ đang có hiệu lực: {1}", "Rule set '{0}' cannot stand beside the sets in force: {1}"),
        ["rules-damaged"] = ("Phiên bản {0} đã lưu không đọc được: {1}", "The stored version {0} cannot be read: {1}"),
        ["candidate-state"] = ("Ứng viên {0} đã được quyết định: {1}.", "Candidate {0} was decided already: {1}."),
        ["no-score-model"] = ("Chưa có mô hình chấm điểm nào được đưa vào dùng; mọi việc khác vẫn chạy. Huấn luyện: monitor score train; đưa vào dùng: monitor score activate THƯ_MỤC --as … --reason ….", "No score model is in force; everything else works without. Train one: monitor score train; put it in force: monitor score activate DIR --as … --reason …."),
        ["score-model-missing"] = ("Không dùng được mô hình ở '{0}': thiếu hoặc không đọc được {1}.", "The model in '{0}' cannot be used: {1} is missing or unreadable."),
        ["score-model-damaged"] = ("Không dùng được mô hình ở '{0}': {1} không đúng mã băm đã ghim, hoặc đã hỏng.", "The model in '{0}' cannot be used: {1} is not what its pinned digest says, or is damaged."),
        ["score-model-foreign"] = ("Không dùng được mô hình ở '{0}': không phải mô hình của phiên bản này ({1}). Hãy huấn luyện lại.", "The model in '{0}' cannot be used: it is not a model of this version ({1}). Train it anew."),
        ["vault-damaged"] = ("Bản niêm phong {0} không mở được: {1}.", "Sealed item {0} cannot be opened: {1}."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of things and states that come as arguments, in Vietnamese.</summary>
    private static readonly FrozenDictionary<string, string> Terms = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["target"] = "mục tiêu",
        ["case"] = "hồ sơ",
        ["request"] = "yêu cầu",
        ["notice"] = "thông báo",
        ["legal basis"] = "căn cứ pháp lý",
        ["candidate"] = "ứng viên",
        ["alert"] = "cảnh báo",
        ["bank"] = "ngân hàng băm",
        ["rule set"] = "bộ quy tắc",
        ["Live"] = "còn tồn tại",
        ["Partial"] = "gỡ một phần",
        ["Restricted"] = "bị hạn chế theo nơi truy cập",
        ["ApparentlyGone"] = "có vẻ đã gỡ",
        ["ConfirmedRemoved"] = "xác nhận đã gỡ",
        ["DurablyRemoved"] = "đã gỡ bền vững",
        ["Reappeared"] = "xuất hiện lại",
        ["AwaitingTriage"] = "chờ phân loại",
        ["AwaitingVerification"] = "chờ xác minh",
        ["Verified"] = "đã xác minh",
        ["Dismissed"] = "đã bỏ qua",
        ["Closed"] = "đã đóng",
        ["Drafted"] = "dự thảo",
        ["AwaitingSignature"] = "chờ bản ký và số công văn",
        ["Approved"] = "đã duyệt",
        ["Sending"] = "đang gửi",
        ["DeliveryUnknown"] = "chưa rõ đã đến hay chưa",
        ["Sent"] = "đã gửi",
        ["Delivered"] = "đã đến nơi",
        ["Bounced"] = "bị trả lại",
        ["Cancelled"] = "đã huỷ",
        ["missing, empty, or more than 50 MB"] = "không có, rỗng, hoặc lớn hơn 50 MB",
        ["missing, or more than 50 MB"] = "không có, hoặc lớn hơn 50 MB",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Codes => Table.Keys;

    public static string Say(Refusal refusal, Language language) =>
        Table.TryGetValue(refusal.Code, out var text)
            ? string.Format(CultureInfo.InvariantCulture, language == Language.Vietnamese ? text.Vietnamese : text.English, [.. Pad(language == Language.Vietnamese ? [.. refusal.Arguments.Select(argument => Terms.GetValueOrDefault(argument, argument))] : refusal.Arguments)])
            : refusal.Code + " " + string.Join(' ', refusal.Arguments);

    // A message never fails for a missing argument.
    private static IEnumerable<object> Pad(IReadOnlyList<string> arguments) => arguments.Concat(Enumerable.Repeat("", 8));
}
