using Monitor.Rules.Banks;

namespace Monitor.Worker.Banks;

/// <summary>What a list did to one kind of a bank.</summary>
/// <param name="After">Entries now.</param>
/// <param name="Added">Not there before.</param>
/// <param name="Changed">There before, with another label, opinion or quality.</param>
/// <param name="Removed">There before and not now.</param>
/// <param name="Superseded">Lines that a later line of the same list made void.</param>
public sealed record BankChange(long After, long Added, long Changed, long Removed, long Superseded)
{
    /// <summary>False: the former version is damaged, so that every entry counts as added.</summary>
    public bool Compared { get; init; } = true;
}

/// <summary>Lays the lines of a list over what the bank had; both in order, so one pass and no memory.</summary>
internal static class BankMerge
{
    /// <param name="before">Null: there was nothing.</param>
    /// <param name="whole">The list replaces what was there, which is only compared with it.</param>
    public static BankChange Write(OpCursor ops, BankFile? before, bool whole, LabelTombstones tombstones, BankFileWriter to, CancellationToken cancellation)
    {
        long added = 0, changed = 0, removed = 0, superseded = 0, row = 0, steps = 0;
        var count = before?.Count ?? 0;
        var last = new byte[OpRecord.Longest];
        var any = ops.MoveNext();
        while (any || row < count)
        {
            if ((++steps & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var width = to.Width;
            var order = row == count ? 1 : !any ? -1 : before!.Value(row).SequenceCompareTo(ops.Record[..width]);
            if (order < 0)
            {
                if (whole || tombstones.Covers(before!.Label(row), 0))
                {
                    removed++;
                }
                else
                {
                    to.Add(before!.Value(row), before.Label(row), before.OpinionOf(row), before.QualityOf(row));
                }

                row++;
                continue;
            }

            // Of the lines of one hash the last stands.
            var length = ops.Record.Length;
            ops.Record.CopyTo(last);
            while ((any = ops.MoveNext()) && ops.Record[..width].SequenceEqual(last.AsSpan(0, width)))
            {
                superseded++;
                length = ops.Record.Length;
                ops.Record.CopyTo(last);
            }

            ReadOnlySpan<byte> op = last.AsSpan(0, length);
            var label = OpRecord.Label(op, width);
            var stands = !OpRecord.Removes(op, width) && !tombstones.Covers(label, OpRecord.Turn(op, width));
            if (stands)
            {
                to.Add(op[..width], label, OpRecord.OpinionOf(op, width), OpRecord.QualityOf(op, width));
            }

            if (order > 0)
            {
                added += stands ? 1 : 0;
                continue;
            }

            removed += stands ? 0 : 1;
            changed += stands && !(label.SequenceEqual(before!.Label(row)) && OpRecord.OpinionOf(op, width) == before.OpinionOf(row) && OpRecord.QualityOf(op, width) == before.QualityOf(row)) ? 1 : 0;
            row++;
        }

        return new BankChange(to.Count, added, changed, removed, superseded);
    }
}
