@echo off
rem Starts Certwright: from a release as it is, from a checkout after building it when it was not built yet.
setlocal EnableExtensions DisableDelayedExpansion
set "HOME_FOLDER=%~dp0"
if "%HOME_FOLDER:~-1%"=="\" set "HOME_FOLDER=%HOME_FOLDER:~0,-1%"

if defined JAVA_HOME (
    set "JAVA=%JAVA_HOME%\bin\java.exe"
) else (
    set "JAVA="
    for %%I in (java.exe) do set "JAVA=%%~$PATH:I"
)
if not defined JAVA (
    echo certwright: no Java is found: install a JDK 17 or later, or set JAVA_HOME. 1>&2
    exit /b 1
)
if not exist "%JAVA%" (
    echo certwright: JAVA_HOME is "%JAVA_HOME%", but there is no bin\java.exe in it; point it at a JDK 17 or later. 1>&2
    exit /b 1
)

rem The file beside the JDK tells its version at once; where there is none, Java itself will complain.
for %%I in ("%JAVA%") do set "RELEASE_FILE=%%~dpI..\release"
set "VERSION="
if exist "%RELEASE_FILE%" for /f "usebackq tokens=1,2 delims==" %%A in ("%RELEASE_FILE%") do if "%%A"=="JAVA_VERSION" set "VERSION=%%~B"
set "MAJOR=17"
if defined VERSION for /f "delims=.-+" %%A in ("%VERSION%") do set "MAJOR=%%A"
if %MAJOR% LSS 17 (
    echo certwright: "%JAVA%" is Java %VERSION%, but 17 or later is needed: install one, or set JAVA_HOME. 1>&2
    exit /b 1
)

set "APP=%HOME_FOLDER%"
set "LAUNCHER=%HOME_FOLDER%\lib"
rem The small set of locales, cheaper at every start; later Javas warn about it.
set "LEAN="
if %MAJOR% LSS 21 set "LEAN=-Djava.locale.providers=COMPAT"
if exist "%APP%\certwright.jar" goto ready
set "APP=%HOME_FOLDER%\target\app"
set "LAUNCHER=%HOME_FOLDER%\src\main\launcher"
if exist "%APP%\certwright.jar" goto ready
where /q mvn
if errorlevel 1 (
    echo certwright: Maven is needed to build from source: install it, or use a release. 1>&2
    exit /b 1
)
echo certwright: building from source; this takes a minute, and longer when Maven fetches libraries first. 1>&2
if not exist "%HOME_FOLDER%\target" mkdir "%HOME_FOLDER%\target"
pushd "%HOME_FOLDER%"
call mvn -q -B -Dmaven.test.skip=true package > "%HOME_FOLDER%\target\build.log" 2>&1
popd
if not exist "%APP%\certwright.jar" (
    type "%HOME_FOLDER%\target\build.log" 1>&2
    echo certwright: the build failed; "%HOME_FOLDER%\target\build.log" has all of it. 1>&2
    exit /b 1
)

:ready
rem The classes that every start loads, in a form that loads fast; named by the jar's size, so that another jar makes another.
set "ARCHIVE=none"
if not defined LOCALAPPDATA goto words
set "CACHE=%LOCALAPPDATA%\certwright"
for %%I in ("%APP%\certwright.jar") do set "ARCHIVE=%CACHE%\certwright-%%~zI.jsa"
if exist "%ARCHIVE%" goto words
if exist "%ARCHIVE%.tried" goto words
if not exist "%CACHE%" mkdir "%CACHE%" >nul 2>&1
echo tried> "%ARCHIVE%.tried" 2>nul
if not exist "%ARCHIVE%.tried" goto words
echo certwright: making an archive of classes, once, so that later starts are fast. 1>&2
"%JAVA%" %LEAN% "-XX:ArchiveClassesAtExit=%ARCHIVE%.new" -Xlog:disable -XX:+UseG1GC -cp "%APP%\certwright.jar" io.certwright.app.Rehearsal >nul 2>&1
if exist "%ARCHIVE%.new" move /y "%ARCHIVE%.new" "%ARCHIVE%" >nul 2>&1

rem The command is the first word that is not an option.
:words
set "COMMAND="
:word
if "%~1"=="" goto options
if "%~1"=="--config" (
    shift /1
    shift /1
    goto word
)
set "COMMAND=%~1"
if not "%COMMAND:~0,1%"=="-" goto options
set "COMMAND="
shift /1
goto word

rem A short command ends before the second compiler pays off, and G1 alone takes ready-made objects from the archive; making RSA
rem keys and renewing in numbers need that compiler for their arithmetic; a service stays small.
:options
set "DIRECTIVES=%LAUNCHER%\compiler.json"
set "ARITHMETIC=-XX:-DisplayVMOutput -XX:Tier4InvocationThreshold=500 -XX:Tier4MinInvocationThreshold=200 -XX:Tier4CompileThreshold=1500 -XX:Tier4BackEdgeThreshold=20000"
set "OPTIONS="
for %%C in (issue renew adopt demo restore backup init) do if "%COMMAND%"=="%%C" set "OPTIONS=%ARITHMETIC% -XX:+UseParallelGC"
if "%COMMAND%"=="up" set "OPTIONS=%ARITHMETIC% -XX:+UseSerialGC -Xms32m -Xmn12m -Xmx256m"
rem A service that runs out of memory says so, which the option that keeps the arithmetic quiet would hide.
if "%COMMAND%"=="serve" set "OPTIONS=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms32m -Xmn12m -Xmx256m -XX:+ExitOnOutOfMemoryError"
if "%COMMAND%"=="serve" set "DIRECTIVES="
if not defined OPTIONS (
    set "OPTIONS=-XX:+UseG1GC -XX:ParallelGCThreads=1 -XX:ConcGCThreads=1 -XX:TieredStopAtLevel=1 -XX:C1MaxInlineSize=12 -XX:-UsePerfData -Xmn48m"
    set "DIRECTIVES="
)

rem They read what anybody sends: their memory is bounded whatever it is.
for %%C in (check probe) do if "%COMMAND%"=="%%C" set "OPTIONS=%OPTIONS% -XX:C1MaxInlineSize=35 -Xmx192m"
if defined DIRECTIVES if not exist "%DIRECTIVES%" set "DIRECTIVES="
if defined DIRECTIVES set OPTIONS=%OPTIONS% "-XX:CompilerDirectivesFile=%DIRECTIVES%"
"%JAVA%" -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 %LEAN% %OPTIONS% "-XX:SharedArchiveFile=%ARCHIVE%" -Xshare:auto -Xlog:disable -Xlog:all=error:stderr -Dsun.net.httpserver.nodelay=true "-Dcertwright.home=%HOME_FOLDER%" %CERTWRIGHT_JAVA_OPTS% -cp "%APP%\certwright.jar" io.certwright.app.Main %*
exit /b %ERRORLEVEL%
