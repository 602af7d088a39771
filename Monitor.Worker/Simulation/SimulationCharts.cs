using System.Globalization;

namespace Monitor.Worker.Simulation;

/// <summary>The three curves of a run, labelled in both languages.</summary>
internal static class SimulationCharts
{
    private const double BinHours = 6;
    private const double MostDelayHours = 240;
    private const string Blue = "#0969da";
    private const string Orange = "#bc4c00";
    private const string Green = "#1a7f37";

    /// <summary>File name and text of each.</summary>
    public static IReadOnlyList<(string Name, string Svg)> Draw(SimulationReport report) =>
        [("probes-per-hour.svg", Probes(report)), ("survival.svg", Survival(report)), ("confirmation-delay.svg", Delay(report))];

    private static string Subtitle(SimulationReport report)
    {
        var totals = report.Totals;
        var weakened = totals.Weakened is null ? "" : $" · bỏ quy tắc / without the rule: {totals.Weakened}";
        return $"{Thousands(totals.Targets)} địa chỉ × {totals.Days} ngày ảo / {Thousands(totals.Targets)} targets × {totals.Days} virtual days · seed {totals.Seed}{weakened}";
    }

    private static string Probes(SimulationReport report)
    {
        var totals = report.Totals;
        var most = totals.ProbesPerHourPeak * 1.05;
        var chart = new SvgChart(report.Order.Days, most)
        {
            Title = "Lượt dò mỗi giờ / Probes per hour",
            Subtitle = Subtitle(report),
            XLabel = "Ngày từ khi bắt đầu / Days since the start",
            YLabel = "Lượt dò trong giờ / Probes in the hour",
            XTicks = Ticks(report.Order.Days, value => value.ToString("0.#", CultureInfo.InvariantCulture)),
            YTicks = Ticks(most, Thousands),
        };
        return chart
            .Line(report.ProbesPerHour.Select((count, hour) => ((hour + 0.5) / 24.0, (double)count)), Blue, 1, "lượt dò / probes")
            .Across(totals.ProbesPerHourP99, Orange, $"p99: {Thousands(totals.ProbesPerHourP99)}")
            .Across(totals.ProbesPerHourMedian, Green, $"trung vị / median: {Thousands(totals.ProbesPerHourMedian)}")
            .ToString();
    }

    private static string Survival(SimulationReport report)
    {
        var days = report.Order.Days;
        var chart = new SvgChart(days, 1)
        {
            Title = "Nội dung còn trên mạng sau khi gửi yêu cầu / Content still online after the demand",
            Subtitle = Subtitle(report) + " · Kaplan–Meier",
            XLabel = "Ngày từ khi gửi yêu cầu / Days since the demand was sent",
            YLabel = "Phần còn lại / Share still there",
            XTicks = Ticks(days, value => value.ToString("0.#", CultureInfo.InvariantCulture)),
            YTicks = [.. Enumerable.Range(0, 6).Select(fifth => (fifth / 5.0, $"{fifth * 20} %"))],
        };
        var hours = Enumerable.Range(0, (days * 24) + 1).Where(hour => hour <= 48 || hour % 6 == 0).ToList();
        return chart
            .Line(hours.Select(hour => (hour / 24.0, report.ByTruth.At(hour))), Blue, 2.2, "sự thật / truth")
            .Line(hours.Select(hour => (hour / 24.0, report.AsMeasured.At(hour))), Orange, 2.2, "đo được / as measured", "7 3")
            .ToString();
    }

    private static string Delay(SimulationReport report)
    {
        var bins = new int[(int)(MostDelayHours / BinHours)];
        foreach (var delay in report.ConfirmDelays)
        {
            bins[Math.Min(bins.Length - 1, (int)(delay / BinHours))]++;
        }

        var most = Math.Max(1, bins.Max()) * 1.05;
        var median = report.Totals.All.FirstGoneToConfirmed.Median;
        var p90 = report.Totals.All.FirstGoneToConfirmed.P90;
        var chart = new SvgChart(MostDelayHours, most)
        {
            Title = "Từ khi gỡ thật đến khi xác nhận / From really gone to confirmed",
            Subtitle = Subtitle(report),
            XLabel = $"Giờ; cột cuối: từ {MostDelayHours - BinHours:0} giờ trở lên / Hours; last bar: {MostDelayHours - BinHours:0} h and more",
            YLabel = "Số địa chỉ / Targets",
            XTicks = [.. Enumerable.Range(0, 11).Select(step => (step * 24.0, $"{step * 24}"))],
            YTicks = Ticks(most, Thousands),
        };
        chart.Bars(bins.Select((count, index) => (index * BinHours, (index + 1) * BinHours, (double)count)), "#54aeff", "số địa chỉ, mỗi cột 6 giờ / targets per 6 h");
        if (median is { } half)
        {
            chart.Upright(half, Green, string.Create(CultureInfo.InvariantCulture, $"trung vị / median: {half:0.0} h"));
        }

        if (p90 is { } late)
        {
            chart.Upright(late, Orange, string.Create(CultureInfo.InvariantCulture, $"p90: {late:0.0} h"));
        }

        return chart.ToString();
    }

    private static List<(double At, string Text)> Ticks(double most, Func<double, string> text)
    {
        var step = SvgChart.Step(most);
        var ticks = new List<(double At, string Text)>();
        for (var i = 0; i * step <= most + 1e-9; i++)
        {
            ticks.Add((i * step, text(i * step)));
        }

        return ticks;
    }

    /// <summary>Grouped with a space, which both languages read.</summary>
    private static string Thousands(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture).Replace(',', '\u00A0');

    private static string Thousands(int value) => Thousands((double)value);
}
