namespace Monitor.Worker.Cli;

/// <summary>Acts of the custody log in the reader's language. English readers see the codes, which are English words.</summary>
internal static class ActWords
{
    /// <summary>A code this version does not know is shown as it is.</summary>
    public static string ActWord(this CliContext context, string act) => context.English ? act : Vietnamese.GetValueOrDefault(act, act);

    private static readonly Dictionary<string, string> Vietnamese = new(StringComparer.Ordinal)
    {
        ["inspect"] = "máy xem",
        ["look"] = "người xem",
        ["watch"] = "đưa vào theo dõi",
        ["assess"] = "đánh giá",
        ["open-case"] = "mở vụ việc",
        ["verify"] = "xác minh",
        ["dismiss"] = "bỏ qua",
        ["close"] = "đóng vụ việc",
        ["reopen"] = "mở lại vụ việc",
        ["candidate"] = "mục tiêu đề xuất",
        ["draft"] = "soạn dự thảo",
        ["draft-refused"] = "không soạn được dự thảo",
        ["approve"] = "phê duyệt",
        ["cancel"] = "huỷ",
        ["signed-document"] = "nộp bản ký",
        ["send-done"] = "đã gửi",
        ["send-postponed"] = "hoãn gửi",
        ["send-held"] = "giữ lại, chưa gửi",
        ["send-dropped"] = "thôi gửi",
        ["sent-by-hand"] = "người gửi qua biểu mẫu",
        ["not-sent"] = "chưa gửi được",
        ["never-arrived"] = "không đến nơi",
        ["delivery-unknown"] = "chưa rõ đã đến hay chưa",
        ["reconciled"] = "đối soát",
        ["resend-refused"] = "không gửi lại",
        ["bounced"] = "bị trả lại",
        ["fate-asked"] = "hỏi kết quả gửi",
        ["remind"] = "nhắc",
        ["remind-skipped"] = "bỏ qua lần nhắc",
        ["remind-stopped"] = "ngừng nhắc",
        ["escalate"] = "leo thang",
        ["escalation-stopped"] = "ngừng leo thang",
        ["hold"] = "công an tạm giữ",
        ["hold-lifted"] = "thôi tạm giữ",
        ["retract"] = "rút yêu cầu",
        ["objection"] = "phản đối",
        ["decide-objection"] = "giải quyết phản đối",
        ["postpone"] = "hoãn xem",
        ["removal-state"] = "trạng thái gỡ bỏ",
        ["recompute"] = "tính lại kết luận",
        ["confirm-gone"] = "đứng tên xác nhận đã gỡ",
        ["seen-live"] = "tự thấy vẫn còn",
        ["waive-vantage"] = "miễn đường quan sát",
        ["unwaive-vantage"] = "thôi miễn đường quan sát",
        ["shred"] = "huỷ khoá nội dung",
        ["shred-held"] = "chưa huỷ khoá vì đang giữ",
        ["alert-danger"] = "báo động trẻ em gặp nguy hiểm",
        ["alert-staff"] = "báo người trực",
        ["alert-send"] = "gửi báo động",
        ["acknowledge-alert"] = "nhận báo động",
    };
}
