using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Monitor.Worker.Operations;

namespace Monitor.Worker.Console.Pages;

/// <summary>One entry of the log, with what proves that it stands there.</summary>
public sealed class CustodyOneModel(House house) : DeskPage(house)
{
    public ReadEntry Read { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long number, CancellationToken cancellation)
    {
        if (await House.CustodyReading.FindAsync(Actor, number, cancellation) is not OperationResult<ReadEntry>.Done done)
        {
            return Missing();
        }

        Read = done.Value;
        return Page();
    }

    /// <summary>The canonical bytes: what the proof is over.</summary>
    public async Task<IActionResult> OnGetBytesAsync(long number, CancellationToken cancellation) =>
        await House.CustodyReading.FindAsync(Actor, number, cancellation) is OperationResult<ReadEntry>.Done { Value: var read }
            ? File(read.Canonical, "application/json", Name(number) + ".json")
            : Missing();

    public async Task<IActionResult> OnGetProofAsync(long number, CancellationToken cancellation) =>
        await House.CustodyReading.FindAsync(Actor, number, cancellation) is OperationResult<ReadEntry>.Done { Value.Proof: { } proof }
            ? File(System.Text.Encoding.UTF8.GetBytes(proof.ToString()), "text/plain; charset=utf-8", Name(number) + ".tlog-proof")
            : Missing();

    private static string Name(long number) => number.ToString("D8", CultureInfo.InvariantCulture);
}
