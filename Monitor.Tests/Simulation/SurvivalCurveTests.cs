using Monitor.Worker.Simulation;

namespace Monitor.Tests.Simulation;

public sealed class SurvivalCurveTests
{
    [Fact]
    public void Censored_rows_leave_the_risk_set_without_counting_as_gone()
    {
        // By hand: at 2 h one of five, at 5 h one of three (one censored at 3 h), at 8 h the last but one of two.
        var curve = SurvivalCurve.Of([(2, 10), (float.NaN, 3), (5, 10), (8, 10), (float.NaN, 9)]);

        Assert.Equal(1, curve.At(1.9));
        Assert.Equal(0.8, curve.At(2), 9);
        Assert.Equal(0.8, curve.At(4), 9);
        Assert.Equal(0.8 * 2 / 3, curve.At(5), 9);
        Assert.Equal(0.8 * 2 / 3 / 2, curve.At(100), 9);
        Assert.Equal(0.2, curve.GoneBy(4));
    }

    [Fact]
    public void What_goes_after_the_end_is_censored_at_the_end()
    {
        var curve = SurvivalCurve.Of([(20, 10), (4, 10)]);

        Assert.Equal(0.5, curve.At(50), 9);
        Assert.Equal(1, SurvivalCurve.Of([]).At(5));
    }

    [Fact]
    public void Quantiles_are_values_that_occurred()
    {
        var quantiles = Quantiles.Of([5, 1, float.NaN, 4, 2, 3]);

        Assert.Equal(new Quantiles(5, 3, 5, 5, 5), quantiles);
        Assert.Equal(new Quantiles(0, null, null, null, null), Quantiles.Of([float.NaN]));
    }
}
