; 政规's installer:
; makensis -INPUTCHARSET UTF8 -WX -DSTAGE=folder -DVERSION=1.2.3 -DICON=file -DSIDE=picture -DOUT=file setup.nsi
;
; Silent: Zhengui-Setup.exe /S [/ALLUSERS] [/NODESKTOP] [/D=folder]; /D comes last and takes no quotes.
; Uninstall: uninstall.exe /S [/DELETEDATA]. Statuses: 0 done, 2 the program is running, 3 this Windows is too old,
; 4 for all users but not as administrator, 5 not put in place (the former version, if any, is as it was).
; The official NSIS for Windows has only stubs for 32 bits; they run on every Windows and look at the registry of 64 bits.
!ifndef STUB
  !define STUB amd64-unicode
!endif
Target ${STUB}
Unicode true
!include "MUI2.nsh"
!include "nsDialogs.nsh"
!include "x64.nsh"
!include "WinVer.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!ifndef STAGE | VERSION | ICON | SIDE | OUT
  !error "STAGE, VERSION, ICON, SIDE and OUT are needed"
!endif
!define KEY "Software\Zhengui"
!define UNKEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Zhengui"
!define TYPEKEY "Software\Classes\Zhengui.Data"
!define OLDEST_BUILD 17763 ; Windows 10 1809
!define DATA "$LOCALAPPDATA\Zhengui"

Name "政规"
OutFile "${OUT}"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64
; The same folder makes the same installer.
SetDateSave off
InstallDir ""
ManifestDPIAware true
ShowInstDetails hide
ShowUninstDetails hide
BrandingText "政规 ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "政规"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "政规 安装程序"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"
!ifdef SIGN
  ; The hook for a certificate: SIGN is a command that signs the file it is given.
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

Var Everybody      ; 1 where it is installed for all users of this computer
Var Deed           ; 安装 or 升级
Var DataBox        ; the checkbox about the data
Var DeleteData     ; 1 where the data shall go, too
Var NoDesktop

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
; 164 x 314 points at the left of the first and the last page.
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "$Deed政规 ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "政规用来登记乡镇（街道）台账，年底由台账得出工作总结。$\r$\n$\r$\n程序不联网，数据只存在这台电脑上。$\r$\n$\r$\n升级不会改动已有的台账、设置和文稿。$\r$\n$\r$\n请先关闭正在使用的政规，再点“下一步”。"
!insertmacro MUI_PAGE_WELCOME
Page custom AskForWhom TakeForWhom
!define MUI_DIRECTORYPAGE_TEXT_TOP "程序装在下面的文件夹里。台账数据不放在这里，卸载或升级都不会碰到它。"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "政规装好了"
!define MUI_FINISHPAGE_TEXT "可以从桌面或“开始”菜单打开政规，也可以双击台账的数据文件（.zgdb）。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\zhengui.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开政规"
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从这台电脑上卸载政规。"
UninstPage custom un.AskAboutData un.TakeAboutData
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A running program holds its files: half a replaced folder would be worse than none.
!macro FunctionNotRunning un
Function ${un}NotRunning
 again:
  ClearErrors
  IfFileExists "$INSTDIR\zhengui.exe" 0 free
  FileOpen $0 "$INSTDIR\zhengui.exe" a
  IfErrors held
  FileClose $0
  IfFileExists "$INSTDIR\zhengui-cli.exe" 0 free
  FileOpen $0 "$INSTDIR\zhengui-cli.exe" a
  IfErrors held
  FileClose $0
 free:
  ClearErrors
  Return
 held:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "政规正在运行。请先关闭它的窗口，再点“重试”。" /SD IDCANCEL IDRETRY again
  SetErrorLevel 2
  Quit
FunctionEnd
!macroend
!insertmacro FunctionNotRunning ""
!insertmacro FunctionNotRunning "un."

Function .onInit
  SetRegView 64
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    Goto old
  ${EndIf}
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  IntCmp $0 ${OLDEST_BUILD} fits old fits
 old:
  MessageBox MB_OK|MB_ICONSTOP "这台电脑的系统装不了政规。需要 64 位的 Windows 10（1809 或更新）或 Windows 11，请先升级系统，或换一台电脑。" /SD IDOK
  SetErrorLevel 3
  Quit
 fits:
  StrCpy $Everybody 0
  StrCpy $NoDesktop 0
  ; Where it is already installed, the same way is offered again.
  ReadRegStr $1 HKCU "${KEY}" "InstallDir"
  ReadRegStr $2 HKLM "${KEY}" "InstallDir"
  ${If} $1 == ""
  ${AndIf} $2 != ""
    StrCpy $Everybody 1
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $3
  ${IfNot} ${Errors}
    StrCpy $Everybody 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/CURRENTUSER" $3
  ${IfNot} ${Errors}
    StrCpy $Everybody 0
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/NODESKTOP" $3
  ${IfNot} ${Errors}
    StrCpy $NoDesktop 1
  ${EndIf}
  ClearErrors
  Call UseScope
  ${If} ${Silent}
  ${AndIf} $Everybody == 1
    Call IsAdministrator
    Pop $0
    ${If} $0 != "1"
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; Where files and registry entries go; a folder that was given stays.
Function UseScope
  StrCpy $Deed "安装"
  ${If} $Everybody == 1
    SetShellVarContext all
    ReadRegStr $0 HKLM "${KEY}" "InstallDir"
    StrCpy $1 "$PROGRAMFILES64\Zhengui"
  ${Else}
    SetShellVarContext current
    ReadRegStr $0 HKCU "${KEY}" "InstallDir"
    StrCpy $1 "$LOCALAPPDATA\Programs\Zhengui"
  ${EndIf}
  ${If} $0 != ""
    StrCpy $Deed "升级"
    StrCpy $1 $0
  ${EndIf}
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR $1
  ${EndIf}
FunctionEnd

Function IsAdministrator
  System::Call 'shell32::IsUserAnAdmin() i .r0'
  Push $0
FunctionEnd

Var MineButton
Var EverybodyButton
Function AskForWhom
  ; An installation that is there is upgraded where it is.
  ${If} $Deed == "升级"
    Abort
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "给谁使用" "选择给哪些人安装。"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 10u 100% 12u "只给我使用（不需要管理员权限）"
  Pop $MineButton
  ${NSD_CreateRadioButton} 0 30u 100% 12u "给这台电脑上的所有人使用（需要管理员权限）"
  Pop $EverybodyButton
  ${NSD_CreateLabel} 0 56u 100% 36u "每个人的台账数据分别放在自己的文件夹里，互相看不到。不清楚时选第一项。"
  Pop $0
  ${If} $Everybody == 1
    ${NSD_Check} $EverybodyButton
  ${Else}
    ${NSD_Check} $MineButton
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function TakeForWhom
  ${NSD_GetState} $EverybodyButton $0
  ${If} $0 == ${BST_CHECKED}
    Call IsAdministrator
    Pop $0
    ${If} $0 != "1"
      ; Windows asks for the administrator, and this window makes way for the one that may do it.
      ClearErrors
      ExecShell "runas" "$EXEPATH" "/ALLUSERS"
      ${If} ${Errors}
        MessageBox MB_OK|MB_ICONINFORMATION "没有得到管理员的许可。请选择“只给我使用”，或请管理员来安装。"
        Abort
      ${EndIf}
      Quit
    ${EndIf}
    StrCpy $Everybody 1
  ${Else}
    StrCpy $Everybody 0
  ${EndIf}
  StrCpy $INSTDIR ""
  Call UseScope
FunctionEnd

Function CheckFolder
  StrCpy $0 $INSTDIR 2
  ${If} $0 == "\\"
    MessageBox MB_OK|MB_ICONEXCLAMATION "程序不能装在网络文件夹里。请选择这台电脑上的文件夹。"
    Abort
  ${EndIf}
FunctionEnd

; The new version is unpacked beside the former one and takes its place by renaming; whatever breaks off before that
; leaves the former one as it was, and after it the former one is fetched back.
Function PutBack
  IfFileExists "$INSTDIR\former\*.*" 0 nothing
  IfFileExists "$INSTDIR\former\_internal\*.*" 0 starters
  RMDir /r "$INSTDIR\_internal"
  Rename "$INSTDIR\former\_internal" "$INSTDIR\_internal"
 starters:
  IfFileExists "$INSTDIR\former\zhengui.exe" 0 +3
  Delete "$INSTDIR\zhengui.exe"
  Rename "$INSTDIR\former\zhengui.exe" "$INSTDIR\zhengui.exe"
  IfFileExists "$INSTDIR\former\zhengui-cli.exe" 0 +3
  Delete "$INSTDIR\zhengui-cli.exe"
  Rename "$INSTDIR\former\zhengui-cli.exe" "$INSTDIR\zhengui-cli.exe"
  RMDir "$INSTDIR\former"
 nothing:
  RMDir /r "$INSTDIR\new"
FunctionEnd

Function .onInstFailed
  Call PutBack
  SetErrorLevel 5
FunctionEnd

!macro Broken
  Call PutBack
  MessageBox MB_OK|MB_ICONEXCLAMATION "这个版本没有装好：磁盘空间不够，或文件被别的程序占用。原来的版本和数据都没有变。请清理磁盘、重新启动电脑后再装一次。" /SD IDOK
  SetErrorLevel 5
  Quit
!macroend

Section "main"
  Call NotRunning
  ; An upgrade that a power cut broke off between two renames is put right first.
  Call PutBack
  ClearErrors
  SetOutPath "$INSTDIR\new"
  SetOverwrite try
  File /r "${STAGE}/*.*"
  IfErrors broken
  ; A disk that filled up in silence shows in the last files of the folder.
  IfFileExists "$INSTDIR\new\_internal\python311.dll" 0 broken
  IfFileExists "$INSTDIR\new\zhengui.exe" 0 broken
  SetOutPath "$INSTDIR"
  nsExec::Exec '"$INSTDIR\new\zhengui-cli.exe" --version'
  Pop $0
  StrCmp $0 "0" 0 broken
  CreateDirectory "$INSTDIR\former"
  ClearErrors
  IfFileExists "$INSTDIR\_internal\*.*" 0 +2
  Rename "$INSTDIR\_internal" "$INSTDIR\former\_internal"
  IfFileExists "$INSTDIR\zhengui.exe" 0 +2
  Rename "$INSTDIR\zhengui.exe" "$INSTDIR\former\zhengui.exe"
  IfFileExists "$INSTDIR\zhengui-cli.exe" 0 +2
  Rename "$INSTDIR\zhengui-cli.exe" "$INSTDIR\former\zhengui-cli.exe"
  IfErrors broken
  Rename "$INSTDIR\new\_internal" "$INSTDIR\_internal"
  Rename "$INSTDIR\new\zhengui.exe" "$INSTDIR\zhengui.exe"
  Rename "$INSTDIR\new\zhengui-cli.exe" "$INSTDIR\zhengui-cli.exe"
  IfErrors broken
  RMDir /r "$INSTDIR\former"
  RMDir /r "$INSTDIR\new"
  Goto whole
 broken:
  !insertmacro Broken
 whole:
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\政规"
  CreateShortCut "$SMPROGRAMS\政规\政规.lnk" "$INSTDIR\zhengui.exe"
  CreateShortCut "$SMPROGRAMS\政规\卸载政规.lnk" "$INSTDIR\uninstall.exe"
  ${If} $NoDesktop != 1
    CreateShortCut "$DESKTOP\政规.lnk" "$INSTDIR\zhengui.exe"
  ${EndIf}
  WriteRegStr SHCTX "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "Version" "${VERSION}"
  ; A data file opens by a double click.
  WriteRegStr SHCTX "Software\Classes\.zgdb" "" "Zhengui.Data"
  WriteRegStr SHCTX "${TYPEKEY}" "" "政规数据文件"
  WriteRegStr SHCTX "${TYPEKEY}\DefaultIcon" "" '"$INSTDIR\zhengui.exe",0'
  WriteRegStr SHCTX "${TYPEKEY}\shell\open\command" "" '"$INSTDIR\zhengui.exe" "%1"'
  WriteRegStr SHCTX "${UNKEY}" "DisplayName" "政规"
  WriteRegStr SHCTX "${UNKEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNKEY}" "Publisher" "政规"
  WriteRegStr SHCTX "${UNKEY}" "DisplayIcon" "$INSTDIR\zhengui.exe"
  WriteRegStr SHCTX "${UNKEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNKEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNKEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNKEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNKEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${UNKEY}" "EstimatedSize" "$0"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Function un.onInit
  SetRegView 64
  StrCpy $DeleteData 0
  ReadRegStr $0 HKLM "${KEY}" "InstallDir"
  ${If} $0 == $INSTDIR
    SetShellVarContext all
    System::Call 'shell32::IsUserAnAdmin() i .r1'
    ${If} $1 != "1"
      ${If} ${Silent}
        SetErrorLevel 4
        Quit
      ${EndIf}
      ExecShell "runas" "$INSTDIR\uninstall.exe"
      Quit
    ${EndIf}
  ${Else}
    SetShellVarContext current
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DELETEDATA" $1
  ${IfNot} ${Errors}
    StrCpy $DeleteData 1
  ${EndIf}
  ClearErrors
FunctionEnd

Function un.AskAboutData
  !insertmacro MUI_HEADER_TEXT "卸载政规" "台账数据默认保留。"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 36u "将从这台电脑上卸载政规。您的台账数据、备份和设置保留在：$\r$\n${DATA}$\r$\n以后再装上，可以接着使用。"
  Pop $0
  ${NSD_CreateCheckBox} 0 48u 100% 12u "同时删除我的台账数据、备份和设置（删除后找不回来）"
  Pop $DataBox
  ${NSD_CreateLabel} 0 66u 100% 30u "只有确定不再需要这些台账，或已经把备份另存到别处，才勾选这一项。您另存到其他文件夹的数据和文稿不会被删除。"
  Pop $0
  nsDialogs::Show
FunctionEnd

Function un.TakeAboutData
  ${NSD_GetState} $DataBox $0
  ${If} $0 == ${BST_CHECKED}
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "确定要删除这台电脑上您的全部台账数据和备份吗？删除后找不回来。" IDYES sure
    Abort
   sure:
    StrCpy $DeleteData 1
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.NotRunning
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\former"
  RMDir /r "$INSTDIR\new"
  Delete "$INSTDIR\zhengui.exe"
  Delete "$INSTDIR\zhengui-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  ; Not with /r: what somebody else put here stays.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\政规\政规.lnk"
  Delete "$SMPROGRAMS\政规\卸载政规.lnk"
  RMDir "$SMPROGRAMS\政规"
  Delete "$DESKTOP\政规.lnk"
  DeleteRegKey SHCTX "${TYPEKEY}"
  ReadRegStr $0 SHCTX "Software\Classes\.zgdb" ""
  ${If} $0 == "Zhengui.Data"
    DeleteRegKey SHCTX "Software\Classes\.zgdb"
  ${EndIf}
  DeleteRegKey SHCTX "${UNKEY}"
  DeleteRegKey SHCTX "${KEY}"
  ${If} $DeleteData == 1
    SetShellVarContext current
    RMDir /r "${DATA}"
  ${EndIf}
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
