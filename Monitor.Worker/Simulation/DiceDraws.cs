using Monitor.Worker.Demo;

namespace Monitor.Worker.Simulation;

internal static class DiceDraws
{
    /// <summary>[0, 1).</summary>
    public static double Unit(this Dice dice) => (dice.Next() >> 11) * (1.0 / (1UL << 53));

    public static bool Chance(this Dice dice, double share) => dice.Unit() < share;

    public static TimeSpan Hours(this Dice dice, HourRange range) => TimeSpan.FromHours(range.Least + (dice.Unit() * (range.Most - range.Least)));

    public static TimeSpan Hours(this Dice dice, double least, double most) => dice.Hours(new HourRange(least, most));

    /// <summary>Many short, few long; cut at <paramref name="most"/>.</summary>
    public static TimeSpan Waiting(this Dice dice, double meanHours, double most) => TimeSpan.FromHours(Math.Min(most, -meanHours * Math.Log(1 - dice.Unit())));
}
