namespace Monitor.Worker.Console;

/// <summary>What machines ask: is it alive, is it keeping up.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes, House house)
    {
        routes.MapGet("/healthz", () => Results.Text("ok")).AllowAnonymous();
        routes.MapGet("/readyz", async (CancellationToken cancellation) =>
        {
            var next = await house.Sweeps.NextDueAsync(cancellation);
            return Results.Json(new
            {
                targets = await house.Store.CountTargetsAsync(cancellation),
                custody = await house.Store.CustodyLengthAsync(cancellation),
                nextDueAt = next,
                lateSeconds = next is { } due && due < house.Desk.Now ? (long)(house.Desk.Now - due).TotalSeconds : 0,
                configuration = house.Desk.Configuration.Fingerprint,
            });
        }).AllowAnonymous();
    }
}
