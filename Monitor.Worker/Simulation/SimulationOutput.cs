using System.Globalization;
using Monitor.Worker.Cli;

namespace Monitor.Worker.Simulation;

/// <summary>The report for people (tables) and for scripts (a JSON object a line, told apart by "kind").</summary>
internal static class SimulationOutput
{
    public static void Lines(CliContext context, SimulationReport report, double seconds, double megabytes)
    {
        foreach (var row in report.Behaviours)
        {
            context.Line(new { kind = "behaviour", row });
        }

        foreach (var share in report.Gone)
        {
            context.Line(new { kind = "gone", share.Hours, share.ByTruth, share.AsMeasured });
        }

        foreach (var rung in report.Totals.Rungs)
        {
            context.Line(new { kind = "rung", rung.Rung, rung.AfterHours, rung.Targets });
        }

        for (var day = 0; day < report.Order.Days; day++)
        {
            context.Line(new { kind = "probes", day, perHour = report.ProbesPerHour.Skip(day * 24).Take(24) });
        }

        context.Line(new { kind = "summary", totals = report.Totals, seconds = Math.Round(seconds, 2), peakMegabytes = Math.Round(megabytes, 1) });
    }

    public static void Tables(CliContext context, SimulationReport report, double seconds, double megabytes)
    {
        var totals = report.Totals;
        context.Table(
            [
                context.Say("Cách cư xử", "Behaviour"), context.Say("Địa chỉ", "Targets"), context.Say("Đã gỡ", "Removed"), context.Say("X.nhận", "Confirmed"),
                context.Say("X.nhận SAI", "FALSE"), context.Say("Bền", "Durable"), context.Say("Bền sai", "False dur."), context.Say("Bỏ sót", "Missed"),
                context.Say("T.vị h", "Median h"), "p90 h", "p99 h", context.Say("Nhắc", "Reminders"), context.Say("Leo thang", "Escalations"),
                context.Say("Người xem", "Looks"), context.Say("Đăng lại", "Back: found"), context.Say("Dò/đ.chỉ", "Probes each"),
            ],
            report.Behaviours.Append(totals.All).Select(row => (IReadOnlyList<string>)
            [
                row.Behaviour, Whole(row.Targets), Whole(row.RemovedByTruth), Whole(row.Confirmed), Whole(row.FalseConfirmations), Whole(row.Durable), Whole(row.FalseDurable), Whole(row.Missed),
                Hours(row.FirstGoneToConfirmed.Median), Hours(row.FirstGoneToConfirmed.P90), Hours(row.FirstGoneToConfirmed.P99),
                Whole(row.Reminders), Whole(row.Escalations), Whole(row.PersonLooks), row.Reuploads == 0 ? "–" : $"{row.ReuploadsFound}/{row.Reuploads}", row.ProbesPerTarget.ToString("0.0", CultureInfo.InvariantCulture),
            ]));
        context.Out.WriteLine(context.Say("Đã gỡ: theo sự thật. T.vị, p90, p99: giờ từ khi gỡ thật đến khi xác nhận. Đăng lại: số thấy được / số đăng lại.",
            "Removed: by truth. Median, p90, p99: hours from really gone to confirmed. Back: found / uploaded again."));
        context.Table([context.Say("Đã gỡ sau", "Gone after"), context.Say("Theo sự thật", "By truth"), context.Say("Theo đo đạc", "As measured")],
            report.Gone.Select(share => (IReadOnlyList<string>)[$"{share.Hours} h", Percent(share.ByTruth), Percent(share.AsMeasured)]));
        context.Table([context.Say("Bậc leo thang", "Rung"), context.Say("Sau khi nhận", "After delivery"), context.Say("Địa chỉ", "Targets")],
            totals.Rungs.Select(rung => (IReadOnlyList<string>)[rung.Rung, $"{rung.AfterHours:0} h", Whole(rung.Targets)]));
        context.Table([context.Say("Trạng thái cuối", "Final state"), context.Say("Địa chỉ", "Targets")],
            totals.States.Select(state => (IReadOnlyList<string>)[state.State, Whole(state.Targets)]));

        var back = totals.All.ReappearanceDelay;
        Say(context, $"Quần thể {totals.Population}, {totals.Targets} địa chỉ × {totals.Days} ngày, hạt giống {totals.Seed}{(totals.Weakened is null ? "" : $", BỎ quy tắc {totals.Weakened}")}.",
            $"Population {totals.Population}, {totals.Targets} targets × {totals.Days} days, seed {totals.Seed}{(totals.Weakened is null ? "" : $", WITHOUT the rule {totals.Weakened}")}.");
        Say(context, $"Lượt dò mỗi giờ: cao nhất {totals.ProbesPerHourPeak}, trung vị {totals.ProbesPerHourMedian}, p99 {totals.ProbesPerHourP99}; tổng {totals.Probes}. Hệ thống ngừng {totals.Downtimes} lần, {Hours(totals.DowntimeHours)} giờ.",
            $"Probes per hour: peak {totals.ProbesPerHourPeak}, median {totals.ProbesPerHourMedian}, p99 {totals.ProbesPerHourP99}; {totals.Probes} in all. Our own downtime: {totals.Downtimes} times, {Hours(totals.DowntimeHours)} h.");
        Say(context, $"Văn bản gửi {totals.Notices}, nhắc {totals.All.Reminders}; lượt người xem {totals.PersonLooks}, trong đó {totals.UnusedLooks} lượt thấy đã gỡ mà không ghi được.",
            $"Notices sent {totals.Notices}, reminders {totals.All.Reminders}; people looked {totals.PersonLooks} times, {totals.UnusedLooks} of them saw it gone and could record nothing.");
        Say(context, $"Đăng lại {totals.All.Reuploads}, phát hiện {totals.All.ReuploadsFound}, trễ trung vị {Hours(back.Median)} giờ, p90 {Hours(back.P90)} giờ.",
            $"Uploaded again {totals.All.Reuploads}, found {totals.All.ReuploadsFound}, after a median of {Hours(back.Median)} h, p90 {Hours(back.P90)} h.");
        Say(context, $"Xác nhận sai: {totals.All.FalseConfirmations}; gỡ bền sai: {totals.All.FalseDurable}; bỏ sót: {totals.All.Missed}. {seconds:0.0} giây, bộ nhớ cao nhất {megabytes:0} MB.",
            $"False confirmations: {totals.All.FalseConfirmations}; false durable: {totals.All.FalseDurable}; missed: {totals.All.Missed}. {seconds:0.0} s, peak memory {megabytes:0} MB.");
    }

    private static void Say(CliContext context, string vietnamese, string english) => context.Out.WriteLine(context.Say(vietnamese, english));

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Hours(double? value) => value is { } hours ? hours.ToString("0.0", CultureInfo.InvariantCulture) : "–";

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
