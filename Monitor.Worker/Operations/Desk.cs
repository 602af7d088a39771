using Monitor.Rules.Takedowns;
using Monitor.Worker.Ports;
using Monitor.Worker.Settings;

namespace Monitor.Worker.Operations;

/// <summary>What every operation works with, and the one way an act is carried out: read, decide, commit; on a conflict read and decide again.</summary>
public sealed class Desk(IMonitorStore store, IEvidenceVault vault, IConfigurationSource configuration, TimeProvider time)
{
    /// <summary>Vietnam keeps UTC+7 the whole year.</summary>
    public static TimeSpan LocalOffset { get; } = TimeSpan.FromHours(7);

    private const int Attempts = 40;

    public IMonitorStore Store { get; } = store;

    public IEvidenceVault Vault { get; } = vault;

    /// <summary>The token by which answers to a notice are known; null: the installation has no key.</summary>
    public Func<string, string?> ReplyTokenOf { get; init; } = _ => null;

    public MonitorConfiguration Configuration => configuration.Current;

    public TimeProvider Time { get; } = time;

    /// <summary>The ladder of the request's platform; empty when the profile is gone.</summary>
    public IReadOnlyList<LadderStep> LadderOf(TakedownRequest request) =>
        Configuration.Platforms.TryGetValue(request.PlatformId, out var platform) ? platform.Ladder : [];

    /// <summary>Now in whole milliseconds: what is stored compares equal to what was decided on.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(Time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The legal day in Việt Nam.</summary>
    public DateOnly Today => DayOf(Now);

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(LocalOffset).DateTime);

    /// <summary>
    /// Runs <paramref name="decide"/> until its change set is committed or it refuses. It must read afresh each time: it is run again when
    /// somebody else changed a row first.
    /// </summary>
    public async Task<OperationResult<T>> ActAsync<T>(Func<CancellationToken, Task<Decided<T>>> decide, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var decided = await decide(cancellation);
            if (decided.Refusal is { } refusal)
            {
                return refusal;
            }

            if (decided.Changes is null)
            {
                return new OperationResult<T>.Done(decided.Value!);
            }

            switch (await Store.CommitAsync(decided.Changes, cancellation))
            {
                case SaveResult.Saved:
                    return new OperationResult<T>.Done(decided.Value!);
                case SaveResult.Conflict conflict when attempt >= Attempts:
                    return new Refusal(RefusalKind.Conflict, "changed-meanwhile", conflict.Item);
                default:
                    // A little apart from each other, so that two writers of one row do not run in step.
                    await Task.Delay(TimeSpan.FromMilliseconds(attempt * Random.Shared.Next(1, 4)), TimeProvider.System, cancellation);
                    continue;
            }
        }
    }
}

/// <summary>What one reading led to.</summary>
public sealed record Decided<T>
{
    public T? Value { get; private init; }

    public ChangeSet? Changes { get; private init; }

    public Refusal? Refusal { get; private init; }

    /// <summary>Done once <paramref name="changes"/> are committed.</summary>
    public static Decided<T> To(T value, ChangeSet changes) => new() { Value = value, Changes = changes };

    /// <summary>Nothing to change.</summary>
    public static Decided<T> Already(T value) => new() { Value = value };

    public static Decided<T> Refuse(Refusal refusal) => new() { Refusal = refusal };

    public static implicit operator Decided<T>(Refusal refusal) => Refuse(refusal);
}
