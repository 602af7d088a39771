namespace Monitor.Worker.Notices;

/// <summary>Made-up models that templates are tried on when the configuration is read: one with everything, one with as little as there can be.</summary>
internal static class SampleNotices
{
    public static NoticeModel Full(string kind) => new()
    {
        Notice = new("MAU-2026-00002", 1, "MAU-2026-00001", ResentCopy: true, kind, "urgent", new DateOnly(2026, 7, 1), "12/MAU-CNS"),
        Agency = new("Sở Mẫu", "Sample Department", "Uỷ ban nhân dân tỉnh Mẫu", "Mẫu", "1 đường Mẫu", "so@mau.example", "0200 000 000"),
        Signer = new("Nguyễn Văn Mẫu", "Phó Giám đốc"),
        PlatformName = "Nền tảng Mẫu",
        Addressee = "Bộ phận pháp lý Nền tảng Mẫu",
        CategoryVietnamese = "Bạo lực, ngược đãi trẻ em",
        CategoryEnglish = "Abuse of or violence against a child",
        Basis = new("Nghị định mẫu", "Sample decree", new DateOnly(2025, 1, 1)),
        Items =
        [
            new(
                "https://mau.example/bai/1",
                ["https://cdn.mau.example/1.jpg", "https://cdn.mau.example/2.jpg"],
                "tai-khoan-mau",
                "1",
                [new("sha256", new string('0', 64))],
                new DateTimeOffset(2026, 6, 30, 1, 30, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 6, 30, 7, 30, 0, TimeSpan.Zero)),
        ],
        RequestedActions = ["remove-everywhere", "lock-account", "preserve-6-months"],
        DeadlineHours = 24,
        DeadlineText = "08:30 02/07/2026",
        ReplyTo = "so@mau.example",
        CaseId = "VU-0001",
        Checkpoint = "mau.example/monitor\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— mau.example/monitor AAAAAAAA",
        Escalation = kind == NoticeKinds.Escalation ? new("infrastructure", "MAU-2026-00001", new DateOnly(2026, 6, 28)) : null,
    };

    public static NoticeModel Least(string kind) => Full(kind) with
    {
        Checkpoint = null,
        Notice = new("MAU-2026-00002", 1, null, ResentCopy: false, kind, "normal", new DateOnly(2026, 7, 1), null),
        Agency = new("Sở Mẫu", "Sample Department", "", "", "1 đường Mẫu", "so@mau.example", ""),
        Signer = new("Nguyễn Văn Mẫu", ""),
        Items = [new("https://mau.example/bai/1", [], null, null, [], new DateTimeOffset(2026, 6, 30, 1, 30, 0, TimeSpan.Zero), new DateTimeOffset(2026, 6, 30, 7, 30, 0, TimeSpan.Zero))],
        RequestedActions = ["remove-everywhere"],
    };
}
