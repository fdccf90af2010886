"""What instruments, loggers and programs that simulate them write above, in and below the rows of a table.

In a form, what stands in <…> is there once for each channel, with its number {c}, its letter {a}, what it
measures {q}, in which unit {u}, and its value {v}. {t} is the time of a row, or what stands in for it, {i}
its place from 0 and {n} from 1; {day}, {stamp}, {german}, {american} and {hms} are dates and times of day,
which need not be read as numbers. {rows} is how many there are, and {all} how many channels.
"""

from __future__ import annotations

from dataclasses import dataclass

FIXED, SCIENTIFIC = (".1f", ".3f", ".6f"), (".3e", ".6e", ".6E")


@dataclass(frozen=True)
class Form:
    """How one instrument writes a table. `time` and `channel` are in the names of the columns read; "" where
    there are none to be asked for.
    """

    name: str
    row: str
    head: str = ""
    end: str = ""
    time: str = ""
    channel: str = "{q}"
    times: tuple[str, ...] = FIXED
    values: tuple[str, ...] = (*FIXED, *SCIENTIFIC)
    decimals: str = "."
    gaps: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ("utf-8", "utf-8-sig", "cp1252")
    least: int = 1
    """Channels."""
    most: int = 4


OSCILLOSCOPES = (
    Form(
        "Keysight",
        "{t}<,{v}>",
        "x-axis<,{c}>\nsecond<,Volt>",
        time="x-axis",
        channel="{c}",
        times=SCIENTIFIC,
        least=2,
    ),
    Form(
        "PicoScope",
        "{t}<,{v}>",
        "Time<,Channel {a}>\n(ms)<,(V)>\n",
        time="Time",
        channel="Channel {a}",
        decimals=".",
        gaps=("∞", "-∞"),
    ),
    Form(
        "PicoScope of Germany",
        "{t}<;{v}>",
        "Zeit<;Kanal {a}>\n(ms)<;(V)>\n",
        time="Zeit",
        channel="Kanal {a}",
        decimals=",",
        gaps=("∞", "-∞"),
    ),
    Form(
        "Siglent",
        "{t}<,{v}>",
        "Record Length,Analog:{rows}\nSample Interval,Analog:1.000000e-06\nVertical Units<,CH{c}:V>\n"
        "Vertical Scale<,CH{c}:2.00>\nVertical Offset<,CH{c}:-2.70>\nHorizontal Units,s\n"
        "Horizontal Scale,1.000000e-03\nModel Number,SDS1104X-E\nSerial Number,SDSMMEBC4R1234\n"
        "Software Version,7.6.1.20\nSource<,CH{c}>\nSecond<,Volt>",
        time="Source",
        channel="CH{c}",
        times=SCIENTIFIC,
        least=2,
    ),
    Form(
        "Tektronix MSO",
        "{t}<,{v}>",
        "Model,MSO4034\nFirmware Version,2.48\n\nPoint Format,Y,\nHorizontal Units,s,\n"
        "Horizontal Scale,0.0004,\nSample Interval,4e-08,\nFilter Frequency,2e+07,\nRecord Length,{rows},\n"
        "Gating,0.0% to 100.0%,\nProbe Attenuation,10,\nVertical Units,V,\nVertical Offset,0,\n"
        "Vertical Scale,0.5,\nLabel,,\nTIME<,CH{c}>",
        time="TIME",
        channel="CH{c}",
        times=SCIENTIFIC,
    ),
    Form(
        "Tektronix DPO",
        "{t}<,{v}>",
        "Model,DPO2024B\nFirmware Version,1.52\n\nWaveform Type,ANALOG<,>\nPoint Format,Y<,>\n"
        "Horizontal Units,s<,>\nHorizontal Scale,0.004<,>\nHorizontal Delay,0<,>\n"
        "Sample Interval,3.2e-07<,>\n"
        "Record Length,{rows}<,>\nGating,0.0% to 100.0%<,>\nProbe Attenuation<,1>\nVertical Units<,V>\n"
        "Vertical Offset<,0>\nVertical Scale<,2>\nVertical Position<,-1.2>\n,\n,\n,\nLabel<,>\nTIME<,CH{c}>",
        time="TIME",
        channel="CH{c}",
        times=SCIENTIFIC,
    ),
    Form("Rigol MSO", "{t}<,{v}>", "Time(s)<,CH{c}V>", time="Time", channel="CH{c}", times=SCIENTIFIC),
    Form(
        "Rigol DHO",
        "{t}<,{v}>,,",
        "Time(s)<,CH{c}(V)>,t0 = -1.0000e-03,tInc = 1.0e-06,",
        time="Time",
        channel="CH{c}",
        times=SCIENTIFIC,
    ),
    Form(
        "Rigol DS",
        "{i}<,{v}>,,",
        "X<,CH{c}>,Start,Increment,\nSequence<,Volt>,-6.000000e-03,2.000000e-05",
        channel="CH{c}",
        values=SCIENTIFIC,
    ),
    Form(
        "LeCroy",
        "{t}<,{v}>",
        "LECROYWP735Zi,15023,Waveform\nSegments,1,SegmentSize,{rows}\nSegment,TrigTime,TimeSinceSegment1\n"
        "#1,28-Aug-2013 14:48:55,0\nTime<,Ampl{c}>",
        time="Time",
        channel="Ampl{c}",
        times=SCIENTIFIC,
    ),
    Form("Rohde & Schwarz", "{t}<,{v}>", "in s<,C{c} in V>", time="in s", channel="C{c}", times=SCIENTIFIC),
    Form("Rohde & Schwarz HMO", "{t}<,{v}>", "[s]<,CH{c}[V]>", time="[s]", channel="CH{c}", times=SCIENTIFIC),
    Form("Saleae", "{t}<,{v}>", "Time [s]<,Channel {c}>", time="Time", channel="Channel {c}"),
    Form(
        "Digilent WaveForms",
        "{t}<,{v}>",
        "#Digilent WaveForms Oscilloscope Acquisition\n#Device Name: Discovery2\n#Serial Number: SN:210321A\n"
        "#Date Time: 2024-03-12 10:15:00.123.456\n#Sample rate: 100000Hz\n#Samples: {rows}\n"
        "#Trigger: Source: Channel 1 Type: Edge\n<#Channel {c}: Range: 5.1 V/div Offset: 0 V\n>\n"
        "Time (s)<,Channel {c} (V)>",
        time="Time",
        channel="Channel {c}",
    ),
    Form(
        "Owon",
        "{n}<,{v}>",
        "Unit:(mV)\nFrequency<,CH{c}:1.000kHz>\nPERIOD<,CH{c}:1.000ms>\n\nIndex<,CH{c}_Voltage(mV)>",
        channel="CH{c}",
        values=FIXED,
    ),
)

SPECTROMETERS = (
    Form(
        "Ocean Optics",
        "{t}\t{v}",
        "Data from Sample_1.txt Node\n\nDate: Tue Mar 12 10:15:00 CET 2024\nUser: lab\n"
        "Spectrometer: USB4C00123\nTrigger mode: 0\nIntegration Time (sec): 1.000000E-1\n"
        "Scans to average: 10\nElectric dark correction enabled: true\n"
        "Nonlinearity correction enabled: false\n"
        "Boxcar width: 0\nXAxis mode: Wavelengths\nNumber of Pixels in Spectrum: {rows}\n"
        ">>>>>Begin Spectral Data<<<<<",
        time="x1",
        channel="x2",
        decimals=".,",
        most=1,
    ),
    Form(
        "JASCO",
        "{t}\t{v}",
        "TITLE\tSample 1\nDATA TYPE\tULTRAVIOLET SPECTRUM\nORIGIN\tJASCO\nOWNER\tlab\nDATE\t24/03/12\n"
        "TIME\t10:15:00\nSPECTROMETER/DATA SYSTEM\tJASCO Corp., V-730, Rev. 1.00\nRESOLUTION\t\nDELTAX\t-1\n"
        "XUNITS\tNANOMETERS\nYUNITS\tABSORBANCE\nFIRSTX\t500.0000\nLASTX\t200.0000\nNPOINTS\t{rows}\n"
        "FIRSTY\t0.01234\nMAXY\t1.23456\nMINY\t0.00123\nXYDATA",
        end="\n##### Extended Information\n[Comments]\nSample name\tX\nComment\t\nUser\tlab",
        time="x1",
        channel="x2",
        most=1,
    ),
    Form(
        "Cary",
        "<{t},{v},>",
        "<Sample{c},,>\n<Wavelength (nm),Abs,>",
        end="\nSample1\nCollection Time: 12.03.2024 10:15:00\nScan Software Version: 3.00(182)\n"
        "Start (nm): 800.0\nStop (nm): 200.0",
        time="Wavelength",
        channel="Abs",
    ),
    Form(
        "Shimadzu",
        "{t},{v}",
        '"Spectrum - RawData"\n"Wavelength nm.","Abs."',
        time="Wavelength",
        channel="Abs",
        most=1,
    ),
    Form("Perkin Elmer", "{t}, {v}", "nm, A", time="nm", channel="A", most=1),
    Form(
        "Horiba",
        "{t}\t{v}",
        "#Acq. time (s)=\t5\n#Accumulations=\t3\n#Range (cm-¹)=\t100...3500\n#Grating=\t600 gr/mm\n"
        "#Laser=\t532.12 nm\n#Date=\t12.03.2024 10:15:00",
        time="x1",
        channel="x2",
        most=1,
    ),
    Form("Bruker OPUS", "{t},{v}", time="x1", channel="x2", most=1),
    Form(
        "JCAMP",
        "{t}, {v}",
        "##TITLE=Sample 1\n##JCAMP-DX=4.24\n##DATA TYPE=INFRARED SPECTRUM\n##ORIGIN=lab\n##OWNER=lab\n"
        "##XUNITS=1/CM\n##YUNITS=ABSORBANCE\n##FIRSTX=400\n##LASTX=4000\n##NPOINTS={rows}\n"
        "##XYPOINTS=(XY..XY)",
        end="##END=",
        time="x1",
        channel="x2",
        most=1,
    ),
    Form(
        "Gamma",
        "{i}\t{t}\t{v}",
        "Channel\tEnergy (keV)\tCounts",
        time="Energy",
        channel="Counts",
        values=(".0f",),
        most=1,
    ),
    Form(
        "X-rays",
        "{t}     {v}",
        '\'Id: "Sample 1" Comment: "" Operator: "lab" Anode: "Cu" Scantype: "Coupled TwoTheta"',
        time="x1",
        channel="x2",
        most=1,
    ),
)

LOGGERS = (
    Form(
        "HOBO",
        "{n},{american}<,{v}>,,",
        '"Plot Title: Site 1"\n"#","Date Time, GMT-07:00"<,"{q}, {u} (LGR S/N: 10123, SEN S/N: 10123)">,'
        '"Coupler Detached (LGR S/N: 10123)","End Of File (LGR S/N: 10123)"',
        values=FIXED,
    ),
    Form(
        "Campbell TOA5",
        '"{stamp}",{i}<,{v}>',
        '"TOA5","CR1000","CR1000","12345","CR1000.Std.27","CPU:prog.CR1","6789","Table1"\n'
        '"TIMESTAMP","RECORD"<,"{q}_Avg">\n"TS","RN"<,"{u}">\n"",""<,"Avg">',
        values=FIXED,
        gaps=('"NAN"',),
    ),
    Form(
        "EasyLog",
        "{n},{stamp}<,{v}>{first}",
        "EasyLog USB,Time<,{q}({u})>,Serial Number",
        values=(".1f",),
    ),
    Form(
        "PicoLog",
        "{t}<,{v}>",
        '"Time"<,"{q}">\n"(s)"<,"({u})">',
        time="Time",
        values=FIXED,
        gaps=("******",),
    ),
    Form(
        "Graphtec",
        "{n},{stamp},000<,{signed}>,LLLLLLLLLL,LLLL",
        "Vendor,GRAPHTEC Corporation\nModel,GL240\nVersion,Ver1.20\nSampling interval,1s\nTotal data points,"
        "{rows}\nStart time,2024-03-12 10:15:00\nAMP settings\nCH,Signal name,Input,Range,Filter,Span\n"
        '<CH{c},"{q}",TEMP,TC_K,Off,1300.0,-200.0,degC\n>Data\n'
        "Number,Date&Time,ms<,CH{c}>,Alarm1-10,AlarmOut\n"
        "NO.,Time,ms<,degC>,A1234567890,A1234",
        channel="CH{c}",
        values=(".1f", ".4f"),
    ),
    Form(
        "ThingSpeak",
        "{stamp} UTC,{n}<,{v}>",
        "created_at,entry_id<,field{c}>",
        channel="field{c}",
        values=FIXED,
    ),
    Form(
        "ThingSpeak with gaps",
        "{stamp} UTC,{n}<,{v}>,,",
        "created_at,entry_id<,field{c}>,latitude,longitude",
        channel="field{c}",
        values=FIXED,
        gaps=("",),
    ),
    Form("Vernier", "{t}<,{v}>", '"Run 1: Time (s)"<,"Run 1: {q} ({u})">', time="Time"),
    Form(
        "Logger Pro",
        "{t}<\t{v}>",
        "Vernier Format 2\nUntitled.cmbl 3/12/2024 10:15:00 .\nRun 1\nTime<\t{q}>\nt<\t{a}>\ns<\t{u}>\n",
        time="Time",
        decimals=".,",
    ),
    Form("Capstone", "{t}<,{v}>", "Time (s) Run #1<,{q} ({u}) Run #1>", time="Time"),
    Form(
        "Capstone of Germany",
        "{t}<;{v}>",
        "Zeit (s) Messung 1<;{q} ({u}) Messung 1>",
        time="Zeit",
        decimals=",",
    ),
    Form(
        "LabVIEW",
        "{t}<\t{v}>\t",
        "LabVIEW Measurement\t\nWriter_Version\t2\nReader_Version\t2\nSeparator\tTab\n"
        "Decimal_Separator\t{dec}\n"
        "Multi_Headings\tNo\nX_Columns\tOne\nTime_Pref\tRelative\nOperator\tLab\nDate\t2024/03/12\n"
        "Time\t10:15:00{dec}123\n***End_of_Header***\t\n\t\nChannels\t{all}<\t>\t\nSamples<\t{rows}>\t\n"
        "Date<\t2024/03/12>\t\nTime<\t10:15:00{dec}123>\t\nY_Unit_Label<\tVolts>\t\nX_Dimension<\tTime>\t\n"
        "X0<\t0{dec}0E+0>\t\nDelta_X<\t0{dec}001000>\t\n***End_of_Header***<\t>\t\t\nX_Value<\t{q}>\tComment",
        time="X_Value",
        decimals=".,",
        values=(".6f", ".3f"),
        times=(".6f",),
    ),
    Form(
        "LabChart",
        "{t}<\t{v}>",
        "Interval=\t0.001 s\nExcelDateTime=\t4.5363E+04\t2024/03/12 10:15:00\nTimeFormat=\tStartOfBlock\n"
        "DateFormat=\t\nChannelTitle=<\t{q}>\nRange=<\t10.00 V>",
        time="",
        channel="",
    ),
    Form(
        "OpenBCI",
        "{i}<, {v}>, {stamp}",
        "%OpenBCI Raw EEG Data\n%Number of channels = {all}\n%Sample Rate = 250 Hz\n"
        "%Board = OpenBCI_GUI$Cyton\n"
        "Sample Index<, EXG Channel {c}>, Timestamp (Formatted)",
        channel="EXG Channel {c}",
        values=FIXED,
    ),
    Form(
        "BIOPAC",
        "{t}<,{v}>,",
        "test.acq\n1 msec/sample\n{all} channels\n<{q}\n{u}\n>\nsec<,CH{c}>,\n<,{rows}>,",
        time="sec",
        channel="CH{c}",
    ),
    Form(
        "TwinCAT",
        "{i}<\t{v}>",
        "Name<\t{q}>",
        values=FIXED,
        decimals=".,",
    ),
    Form(
        "UNI-T",
        "{n}\t{stamp}\t{v}\t{u}",
        "NO.\tTime\tValue\tUnit",
        channel="Value",
        most=1,
        values=FIXED,
    ),
    Form(
        "Geiger counter",
        "{stamp},Every Second,{v}",
        "GQ Electronics LLC, GMC-500 Data Viewer\nDate Time,Type,CPM",
        channel="CPM",
        values=(".0f",),
        most=1,
    ),
)

PEOPLE = (
    Form(
        "phyphox",
        "{t}<,{v}>",
        '"Time (s)"<,"{q} {a} ({u})">',
        time="Time",
        values=(".9E", ".6e"),
        times=(".9E",),
    ),
    Form(
        "phyphox of Germany",
        "{t}<;{v}>",
        '"Time (s)"<;"{q} {a} ({u})">',
        time="Time",
        values=(".9E",),
        times=(".9E",),
        decimals=",",
    ),
    Form(
        "phyphox with tabs",
        "{t}<\t{v}>",
        '"Time (s)"<\t"{q} {a} ({u})">',
        time="Time",
        values=(".9E",),
        times=(".9E",),
        decimals=".,",
    ),
    Form(
        "Sensor Logger",
        "17102388{i}123456789,{t}<,{v}>",
        "time,seconds_elapsed<,{q}_{a}>",
        time="seconds_elapsed",
        channel="{q}_{a}",
        values=(".9f",),
    ),
    Form(
        "Physics Toolbox",
        "{t}<;{v}>;",
        "time<;{q}{a}>;",
        time="time",
        channel="{q}{a}",
        decimals=".,",
        values=FIXED,
    ),
    Form("AndroSensor", "{v}<;{v}>;{n};{day} 10-15-{nn}_123", "", channel="", time=""),
    Form("Arduino", "<{v},>", "", channel="", values=FIXED),
    Form("Arduino's monitor", "10:15:{nn}.123 -> {v1}<,{v}>", "", channel="", values=FIXED),
    Form("Arduino's words", "{q0}:{v1}<,{q}:{v}>", "", channel="", values=FIXED),
    Form("Serial plotter", "{q0}:{v1}<\t{q}:{v}>", "", channel="", values=FIXED),
    Form(
        "GPX",
        "T\t{stamp}\t47.1{nn}\t8.2{nn}<\t{v}>",
        "type\tdate time\tlatitude\tlongitude<\t{q} ({u})>",
        values=FIXED,
    ),
    Form(
        "GPX as CSV",
        "{n},47.1{nn},8.2{nn},{v},{day}T10:15:{nn}Z",
        "ID,lat,lon,ele,time",
        channel="ele",
        most=1,
        values=FIXED,
    ),
    Form(
        "Polar",
        ",00:00:{nn}<,{v}>,",
        "Name,Sport,Date,Start time,Duration\nJ,Running,12-03-2024,10:15:00,00:30:00\n"
        "Sample rate,Time<,{q} ({u})>,",
        channel="{q}",
        values=FIXED,
    ),
)

SIMULATORS = (
    Form(
        "LTspice",
        "{t}<\t{v}>",
        "time<\tV(n{c})>",
        time="time",
        channel="V(n{c})",
        times=(".15e",),
        values=(".6e",),
    ),
    Form(
        "LTspice with steps",
        "{t}<\t{v}>",
        "time<\tV(n{c})>\nStep Information: R=1K  (Step: 1/1)",
        time="time",
        channel="V(n{c})",
        times=(".15e",),
        values=(".6e",),
    ),
    Form("ngspice wrdata", " {t}< {v}> ", "", time="x1", channel="", times=(".8e",), values=(".8e",)),
    Form(
        "ngspice print",
        "{i}\t{t}\t<{v}\t>",
        "                    test circuit\n                    Transient Analysis  "
        "Tue Mar 12 10:15:00  2024\n"
        + "-" * 80
        + "\nIndex   time            <v(n{c})          >\n"
        + "-" * 80,
        time="time",
        channel="v(n{c})",
        times=(".6e",),
        values=(".6e",),
    ),
    Form("gnuplot", "{t}< {v}>", "# t< y{c}>", time="t", channel="y{c}"),
    Form(
        "gnuplot's table",
        " {t}  {v}  i",
        '\n# Curve 0 of 1, {rows} points\n# Curve title: "sin(x)"\n# x y type',
        end="\n",
        time="x",
        channel="y",
        most=1,
    ),
    Form(
        "Origin", "{t}<\t{v}>", "A<\t{q}>\ns<\t{u}>\n<\tSample {c}>", time="A", channel="{q}", decimals=".,"
    ),
    Form("Origin's names", "{t}<\t{v}>", "Time<\t{q}>\ns<\t{u}>", time="Time", decimals=".,"),
    Form(
        "COMSOL",
        "{t}           <{v}      >",
        "% Model:              test.mph\n% Version:            COMSOL 6.0.0.318\n"
        "% Date:               Mar 12 2024, 10:15\n% Table:              Table 1 - Point Evaluation 1\n"
        "% Time (s)         <{q} ({u}), Point: {c}  >",
        time="Time",
        channel="{q}",
    ),
    Form(
        "GROMACS",
        "    {t}<   {v}>",
        "# This file was created Tue Mar 12 10:15:00 2024\n# Created by:\n"
        '#                  :-) GROMACS - gmx energy (-:\n@    title "GROMACS Energies"\n'
        '@    xaxis  label "Time (ps)"\n'
        '@    yaxis  label "(kJ/mol)"\n@TYPE xy\n@ view 0.15, 0.15, 0.75, 0.85\n@ legend on\n'
        '<@ s{k} legend "{q}"\n>',
        time="",
        channel="",
    ),
    Form("LAMMPS", "{i} <{v} >", "# Time-averaged data for fix 1\n# TimeStep <v_{q} >", channel="v_{q}"),
    Form(
        "OpenFOAM",
        "{t}           \t<{v}            \t>",
        "# Force coefficients\n# dragDir     : (1 0 0)\n"
        "# magUInf     : 1.000000e+01\n# Time        \t<C{a}          \t>",
        time="Time",
        channel="C{a}",
    ),
)

LABORATORY = (
    Form(
        "BMG",
        "A,{n},Sample X{n}<,{v}>",
        "User: USER,Path: C:\\Data,Test ID: 12\nTest Name: OD600,Date: 12.03.2024,"
        "Time: 10:15:00\nAbsorbance\n\nWell Row,Well Col,Content<,Raw Data ({w})>",
        channel="Raw Data",
        most=1,
        values=(".3f",),
    ),
    Form(
        "Gen5",
        "{hms}\t37.0<\t{v}>",
        "Software Version\t3.11.19\n\nExperiment File Path:\tC:\\Data\\test.xpt\nProtocol File Path:"
        "\n\nPlate Number\tPlate 1\nDate\t12.03.2024\nTime\t10:15:00\nReader Type:\tSynergy H1\n\n"
        "600\n\nTime\tT° 600<\tA{c}>",
        channel="A{c}",
        values=(".3f",),
    ),
    Form(
        "qPCR",
        "A{n},Sample {n},{v}",
        "Well,Sample,Ct",
        channel="Ct",
        most=1,
        values=(".2f",),
        gaps=("Undetermined",),
    ),
    Form(
        "Gamry",
        "\t{i}\t{t}<\t{v}>",
        "EXPLAIN\nTAG\tCV\nTITLE\tLABEL\tCyclic Voltammetry\tTest &Identifier\n"
        "DATE\tLABEL\t3/12/2024\tDate\nVINIT\tPOTEN\t0.00000E+000\tF\tInitial &E (V)\nCURVE1\tTABLE\t{rows}\n"
        "\tPt\tT<\t{q}>\n\t#\ts<\t{u}>",
        time="T",
        channel="{q}",
    ),
    Form(
        "EC-Lab",
        "2\t0\t{t}<\t{v}>",
        "EC-Lab ASCII FILE\nNb header lines : 6                          \n\n"
        "Cyclic Voltammetry\n\nmode\tox/red\ttime/s<\t{q}/{u}>",
        time="time/s",
        channel="{q}",
        decimals=".,",
    ),
    Form(
        "CHI",
        "{t}, {v}",
        "March 12, 2024   10:15:00\nCyclic Voltammetry\nFile: c:\\chi\\test.bin\nData Source: Experiment\n"
        "Instrument Model:  CHI660E\nHeader: \nNote: \n\nInit E (V) = 0\nHigh E (V) = 0.8\n"
        "Scan Rate (V/s) = 0.1\n\n"
        "Potential/V, Current/A\n",
        time="Potential",
        channel="Current",
        values=SCIENTIFIC,
        most=1,
    ),
    Form("Instron", '"{t}"<,"{v}">', '"Results Table 1"\n"Time"<,"{q}">\n"(s)"<,"({u})">', time="Time"),
    Form(
        "Netzsch",
        "{t}<;{v}>",
        "#EXPORTTYPE:DATA ALL\n#FILE:test.ngb\n#FORMAT:NETZSCH5\n#IDENTITY:1\n#SEPARATOR:SEMICOLON\n"
        "#DECIMAL:{comma}\n\n##Temp./°C<;{q}/{u}>",
        time="Temp./°C",
        channel="{q}",
        decimals=".,",
        encodings=("cp1252", "utf-8"),
    ),
    Form(
        "TA Instruments",
        "{t}\t<{v}\t>",
        "Version\t4.5\nLanguage\tUSE\nRun\t12\nInstrument\tDSC Q200\nSig1\tTime (min)\n"
        "Sig2\tTemperature (°C)\nDate\t12-Mar-24\nStartOfData",
        time="",
        channel="",
        values=FIXED,
    ),
    Form("HPLC", "{t}\t{v}", "", time="x1", channel="x2", encodings=("utf-16",), most=1),
    Form(
        "Chromeleon",
        "{t}\t1{dec}0\t{v}",
        "Chromatogram Data Information:\nTime Min. (min)\t0.000000\nTime Max. (min)\t10.000000\n"
        "Data Points\t{rows}\nDetector\tUV\n\nChromatogram Data:\nTime (min)\tStep (s)\tValue (mAU)",
        time="Time",
        channel="Value",
        decimals=".,",
        most=1,
        values=FIXED,
    ),
)

PLANTS = (
    Form(
        "WinCC",
        '"{q0}";"{german}";{v};1;45363{dec}{nn}5',
        '"VarName";"TimeString";"VarValue";"Validity";"Time_ms"',
        channel="VarValue",
        decimals=",.",
        most=1,
        values=FIXED,
    ),
    Form(
        "WinCC at its end",
        '"{q0}";"{german}";{v};1;45363{dec}{nn}5',
        '"VarName";"TimeString";"VarValue";"Validity";"Time_ms"',
        end='"$RT_OFF$";"{german}";0;2;45363{dec}995',
        channel="VarValue",
        decimals=",.",
        most=1,
        values=FIXED,
    ),
    Form(
        "Ignition",
        '"{stamp}"<,"{v}">',
        '"t_stamp"<,"Plant/{q}">',
        channel="{q}",
        values=FIXED,
        gaps=("", "null"),
    ),
    Form(
        "Kepware",
        "Channel1.Device1.{q0},{stamp},{v},Good",
        "Name,Timestamp,Value,Quality",
        channel="Value",
        most=1,
        values=FIXED,
    ),
    Form(
        "PI",
        "{german}<;{v}>",
        "Zeitstempel<;{q} [{u}]>",
        channel="{q}",
        decimals=",",
        gaps=("Bad", "No Data", "I/O Timeout"),
        values=FIXED,
    ),
)

WEATHER = (
    Form(
        "Open-Meteo",
        "{day}T10:{nn}<,{v}>",
        "latitude,longitude,elevation,utc_offset_seconds,timezone,timezone_abbreviation\n"
        "52.52,13.419998,38.0,0,GMT,GMT\n\ntime<,{q} ({u})>",
        channel="{q}",
        values=(".1f",),
        gaps=("NaN", ""),
    ),
    Form(
        "DWD",
        "       1001;{day8}<;   {v}>;eor",
        "STATIONS_ID;MESS_DATUM<;{q}>;eor",
        channel="{q}",
        values=(".1f",),
        gaps=("-999",),
    ),
    Form(
        "KNMI",
        "  260,{day8}<,{v5}>",
        "# BRON: KNMI\n# Opmerking: door stationsverplaatsingen\n# \n# STN         LON(east)   LAT(north)\n"
        "# 260         5.180       52.100\n# \n# STN,YYYYMMDD<, {q}>\n# ",
        channel="{q}",
        values=(".0f",),
        gaps=("     ",),
    ),
    Form(
        "NDBC",
        "2024 03 12 10 {nn}< {v}>",
        "#YY  MM DD hh mm< {q}>\n#yr  mo dy hr mn< {u}>",
        channel="{q}",
        values=(".1f",),
        gaps=("MM",),
    ),
    Form(
        "USGS",
        "USGS\t01646500\t{day} 10:15\tEST<\t{v}>",
        "# ---------------------------------- WARNING -----------\n"
        "# Some of the data that you have obtained from this U.S. Geological Survey database\n#\n"
        "agency_cd\tsite_no\tdatetime\ttz_cd<\t{q}>\n5s\t15s\t20d\t6s<\t14n>",
        channel="{q}",
        values=FIXED,
    ),
    Form("GHCN", '"00289","{day}"<,"{v}">', '"STATION","DATE"<,"{q}">', channel="{q}", values=(".1f",)),
    Form(
        "WeatherLink",
        "{american9}\t{ampm}<\t{v}>",
        "\t\t<\tOut>\nDate\tTime<\t{q}>\n" + "-" * 60,
        channel="{q}",
        values=(".1f",),
        gaps=("---",),
    ),
    Form("Ecowitt", "{stamp}<,{v}>", "Time<,{q}({u})>", channel="{q}", values=(".1f",), gaps=("--", "-")),
    Form("Meteostat", "{day},10<,{v}>", "date,hour<,{q}>", channel="{q}", values=(".1f",), gaps=("",)),
)

FORMS = (*OSCILLOSCOPES, *SPECTROMETERS, *LOGGERS, *PEOPLE, *SIMULATORS, *LABORATORY, *PLANTS, *WEATHER)
