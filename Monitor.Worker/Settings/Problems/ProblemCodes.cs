namespace Monitor.Worker.Settings.Problems;

/// <summary>The codes of <see cref="ConfigurationProblem"/>. A code keeps its meaning for ever; new ones are added.</summary>
public static class ProblemCodes
{
    // Files.
    public const string TooManyProblems = "CFG000";
    public const string FileMissing = "CFG001";
    public const string FileTooLarge = "CFG002";
    public const string NotUtf8 = "CFG003";
    public const string FileUnreadable = "CFG004";
    public const string MalformedYaml = "CFG005";
    public const string NestedTooDeep = "CFG006";
    public const string AnchorOrTag = "CFG007";
    public const string NotOneMapping = "CFG008";
    public const string UnknownFile = "CFG009";

    // Keys and shapes.
    public const string UnknownKey = "CFG010";
    public const string DuplicateKey = "CFG011";
    public const string MissingKey = "CFG012";
    public const string WrongType = "CFG013";
    public const string EmptyList = "CFG014";
    public const string EmptyText = "CFG015";
    public const string TooLong = "CFG016";
    public const string RepeatedItem = "CFG017";

    // Values.
    public const string NotOneOf = "CFG020";
    public const string CategoryOutsideTheList = "CFG021";
    public const string BadDuration = "CFG022";
    public const string BadDate = "CFG023";
    public const string BadUrl = "CFG024";
    public const string BadMailAddress = "CFG025";
    public const string BadPattern = "CFG026";
    public const string BadNumber = "CFG027";
    public const string BadId = "CFG028";
    public const string BadHost = "CFG029";

    // Across files.
    public const string DuplicateId = "CFG030";
    public const string DanglingReference = "CFG031";
    public const string NotOneGenericProfile = "CFG032";
    public const string Expired = "CFG033";
    public const string DatesReversed = "CFG034";
    public const string HostClaimedTwice = "CFG035";
    public const string MediaHostNamedTwice = "CFG036";
    public const string AddresseeMissing = "CFG037";
    public const string LadderOrder = "CFG038";
    public const string ReviewerNotValid = "CFG039";

    // Notice templates.
    public const string TemplateMissing = "CFG040";
    public const string SubjectMissing = "CFG041";
    public const string TemplateDoesNotParse = "CFG042";
    public const string TemplateDoesNotRender = "CFG043";

    // Secrets and mail.
    public const string UnencryptedMail = "CFG050";
    public const string SecretInFile = "CFG051";
    public const string PasswordSourceMissing = "CFG052";
    public const string NotLoopback = "CFG053";

    // Judgement.
    public const string WeakerThanTheRule = "CFG054";
    public const string WithoutEffect = "CFG055";

    /// <summary>A condition that nothing else in the file can fulfil.</summary>
    public const string NeverMet = "CFG056";

    // This machine.
    public const string ProgramMissing = "CFG060";
}
