using System.Diagnostics.Metrics;
using Monitor.Worker.Jobs;

namespace Monitor.Worker.Bench;

/// <summary>Listens to the durations that the sweeps of one house report.</summary>
public sealed class InspectionWatch : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Action<int>? _recorded;
    private BenchSample _sample = new();
    private int _count;

    /// <param name="recorded">Told the count after each.</param>
    public InspectionWatch(Sweeps sweeps, Action<int>? recorded = null)
    {
        _recorded = recorded;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SweepMeter.Name && instrument.Name == SweepMeter.InspectionDuration)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, milliseconds, tags, _) =>
        {
            if (!IsOf(sweeps, tags))
            {
                return;
            }

            Volatile.Read(ref _sample).Add(milliseconds);
            _recorded?.Invoke(Interlocked.Increment(ref _count));
        });
        _listener.Start();
    }

    private static bool IsOf(Sweeps sweeps, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == SweepMeter.House)
            {
                return ReferenceEquals(tag.Value, sweeps);
            }
        }

        return false;
    }

    /// <summary>What came since the last call.</summary>
    public BenchSample Take()
    {
        Volatile.Write(ref _count, 0);
        return Interlocked.Exchange(ref _sample, new BenchSample());
    }

    public void Dispose() => _listener.Dispose();
}
