; Windows 的安装程序（Inno Setup 6.3 以上）。由 .github/workflows/build.yml 在 Windows 上生成：
;   iscc /DRelease=0.1.0 resources\install\taizhang.iss
; 静默安装见 docs/install.md。卸载只删程序，不动台账、佐证材料、备份和设置。

#ifndef Release
  #error 请用 /DRelease=版本号 给出版本
#endif

[Setup]
AppId={{6C1E3B0E-52C3-4B0C-9D27-0E6A6F4B7A11}
AppName=台账
AppVersion={#Release}
AppVerName=台账 {#Release}
AppPublisher=taizhang
VersionInfoVersion={#Release}.0
DefaultDirName={autopf}\taizhang
DefaultGroupName=台账
DisableProgramGroupPage=yes
; 没有管理员权限也能装给自己；有权限的可以装给所有用户（/ALLUSERS、/CURRENTUSER）
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
; Qt 6 不能在 Windows 7、8 上运行
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
SourceDir=..\..
OutputDir=dist
OutputBaseFilename=taizhang-{#Release}-windows-x64
SetupIconFile=resources\icons\taizhang.ico
UninstallDisplayIcon={app}\taizhang.exe
UninstallDisplayName=台账
; LICENSE 的 UTF-8（带 BOM）副本，由流程文件做好
LicenseFile=build\license.txt
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
ShowLanguageDialog=no
; 升级前请使用者关掉正在运行的程序
CloseApplications=yes
RestartApplications=no

[Languages]
Name: "zh"; MessagesFile: "compiler:Default.isl,resources\install\chinese.isl"

[Tasks]
Name: "desktop"; Description: "在桌面上放一个图标"

[Files]
Source: "dist\taizhang\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
; 上一版里有、这一版里没有的程序文件
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\台账"; Filename: "{app}\taizhang.exe"; AppUserModelID: "taizhang.desktop"
Name: "{autodesktop}\台账"; Filename: "{app}\taizhang.exe"; AppUserModelID: "taizhang.desktop"; Tasks: desktop

[Registry]
; .db 不是台账独有的：登记为可用的打开方式；只有还没有别的程序打开它时，才设为双击打开
Root: HKA; Subkey: "Software\Classes\taizhang.ledger"; ValueType: string; ValueData: "任务台账"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\taizhang.ledger\DefaultIcon"; ValueType: string; ValueData: "{app}\taizhang.exe,0"
Root: HKA; Subkey: "Software\Classes\taizhang.ledger\shell\open\command"; ValueType: string; ValueData: """{app}\taizhang.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.db\OpenWithProgids"; ValueType: string; ValueName: "taizhang.ledger"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.db"; ValueType: string; ValueData: "taizhang.ledger"; Flags: uninsdeletekeyifempty; Check: NobodyOpensDb
Root: HKA; Subkey: "Software\Classes\Applications\taizhang.exe"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\taizhang.exe\SupportedTypes"; ValueType: string; ValueName: ".db"; ValueData: ""

[Run]
Filename: "{app}\taizhang.exe"; Description: "打开台账"; Flags: nowait postinstall skipifsilent

[Code]
function NobodyOpensDb: Boolean;
var
  Known: String;
begin
  Result := not RegQueryStringValue(HKEY_CLASSES_ROOT, '.db', '', Known) or (Known = '') or (Known = 'taizhang.ledger');
end;

// 卸载时，双击打开 .db 的若仍是台账就收回；后来换成了别的程序的，不动
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Known: String;
begin
  if (CurUninstallStep = usUninstall) and RegQueryStringValue(HKA, 'Software\Classes\.db', '', Known) and (Known = 'taizhang.ledger') then
    RegDeleteValue(HKA, 'Software\Classes\.db', '');
end;
